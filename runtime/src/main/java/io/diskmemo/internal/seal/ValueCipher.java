package io.diskmemo.internal.seal;

import io.diskmemo.key.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and authenticates the values of one kind. Part of the disk format. Thread-safe.
 *
 * <pre>
 * byte      form, 1
 * 8 bytes   which key: the first of HMAC-SHA-256(key, "diskmemo key id")
 * 16 bytes  salt, random
 * chunks    of 65,536 bytes, the last of fewer; each encrypted, and 16 bytes longer
 * </pre>
 *
 * <p>Chunks are encrypted by AES-256-GCM under a key of the value's own, HMAC-SHA-256(key, "diskmemo
 * value key" and the salt). The nonce is the number of the chunk from 0 in eleven bytes, and one byte
 * that is 1 for the last; so chunks cannot be left out, moved or cut off (STREAM, by Hoang, Reyhanitabar,
 * Rogaway and Vizár, 2015). With each goes what the value belongs to: all before the salt, the length and
 * name of the kind, the key of the entry, when it was stored and when it expires, and its cost. The key of
 * a result is the digest of its method with version and fingerprint and of the arguments, and stands for
 * all of these.
 *
 * <p>Because every value has a key of its own, nonces cannot meet, and the limit of 2³² random nonces under
 * one key does not apply. Of 2⁴⁸ values under one key, two have the same salt with a chance of 2⁻³³.
 */
public final class ValueCipher {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Bytes before the first chunk. */
  public static final int HEADER_BYTES = 1 + Long.BYTES + 16;

  static final int CHUNK_BYTES = 1 << 16;
  static final int TAG_BYTES = 16;

  private static final byte FORM = 1;
  private static final int SALT_BYTES = 16;
  private static final String MAC = "HmacSHA256";
  private static final byte[] KEY_ID = ascii("diskmemo key id");
  private static final byte[] VALUE_KEY = ascii("diskmemo value key");

  private final SecretKey key;
  private final byte[] start;
  private final byte[] kind;
  private final Consumer<byte[]> random;

  /**
   * What a value belongs to. It can be read only as the value of the same.
   *
   * @param key of the entry
   * @param storedMillis when it was stored
   * @param expiresMillis when it expires
   * @param costNanos how long its computation took
   */
  public record Owner(Key key, long storedMillis, long expiresMillis, long costNanos) {}

  /**
   * A cipher.
   *
   * @param kind that the values are of
   * @param key of {@link #KEY_BYTES} bytes, copied
   * @param random fills arrays with bytes that nobody can guess
   */
  public ValueCipher(String kind, byte[] key, Consumer<byte[]> random) {
    this.key = new SecretKeySpec(key, MAC);
    this.kind = kind.getBytes(StandardCharsets.UTF_8);
    this.random = random;
    this.start = ByteBuffer.allocate(1 + Long.BYTES)
        .put(FORM)
        .put(mac(KEY_ID, new byte[0]), 0, Long.BYTES)
        .array();
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] mac(byte[] label, byte[] salt) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(label);
      return mac.doFinal(salt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  /**
   * How long a value is when it is encrypted.
   *
   * @param bytes of the value
   * @return bytes
   */
  public static long sealedBytes(long bytes) {
    long chunks = Math.max(1, (bytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    return HEADER_BYTES + bytes + chunks * TAG_BYTES;
  }

  /**
   * How long a value is that is encrypted.
   *
   * @param sealedBytes bytes of what was made of it
   * @return bytes, or -1 if nothing is so long
   */
  public static long plainBytes(long sealedBytes) {
    long body = sealedBytes - HEADER_BYTES;
    long whole = CHUNK_BYTES + TAG_BYTES;
    long chunks = Math.max(1, (body + whole - 1) / whole);
    long bytes = body - chunks * TAG_BYTES;
    return bytes >= 0 && sealedBytes(bytes) == sealedBytes ? bytes : -1;
  }

  /**
   * Whether a value was encrypted with this key, in this form.
   *
   * @param sealed its first bytes
   * @return false also if there are too few
   */
  public boolean isOwn(byte[] sealed) {
    return sealed.length >= HEADER_BYTES
        && Arrays.equals(sealed, 0, start.length, start, 0, start.length);
  }

  /**
   * Encrypts a value.
   *
   * @param owner that it belongs to
   * @param value its bytes
   * @return never the same twice
   */
  public byte[] seal(Owner owner, byte[] value) {
    try (InputStream sealing = sealing(owner, new ByteArrayInputStream(value))) {
      return sealing.readNBytes(Math.toIntExact(sealedBytes(value.length)));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /**
   * Encrypts a value while it is read.
   *
   * @param owner that it belongs to
   * @param value read as far as is needed
   * @return closes it
   */
  public InputStream sealing(Owner owner, InputStream value) {
    byte[] salt = new byte[SALT_BYTES];
    random.accept(salt);
    byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(start).put(salt).array();
    return new ChunkStream(value, chunks(Cipher.ENCRYPT_MODE, salt, owner), CHUNK_BYTES, header);
  }

  /**
   * Decrypts a value.
   *
   * @param owner that it must belong to
   * @param sealed for which {@link #isOwn} holds
   * @return its bytes, or null if it is not the value of this owner, or was changed
   */
  public byte @Nullable [] open(Owner owner, byte[] sealed) {
    return open(owner, sealed.length, new ByteArrayInputStream(sealed));
  }

  /**
   * Decrypts a value that is in memory, from a stream by which somebody sees how far that is.
   *
   * @param owner that it must belong to
   * @param sealedBytes how long it is
   * @param sealed for which {@link #isOwn} holds
   * @return its bytes, or null if it is not the value of this owner, or was changed
   */
  public byte @Nullable [] open(Owner owner, int sealedBytes, InputStream sealed) {
    if (plainBytes(sealedBytes) < 0) {
      return null;
    }
    try (InputStream opening = opening(owner, sealed)) {
      return opening.readAllBytes();
    } catch (IOException e) {
      return null; // not authentic: there is no other reason
    }
  }

  /**
   * Decrypts a value while it is read. No byte is given out before its chunk proved authentic, and the end
   * of the value is reported only where it was when it was written.
   *
   * @param owner that it must belong to
   * @param sealed from its first byte on
   * @return closes it; throws a {@link NotAuthenticException} when it meets what was changed, and from
   *     then on
   * @throws NotAuthenticException if the first bytes are not of this key
   * @throws IOException if they cannot be read
   */
  public InputStream opening(Owner owner, InputStream sealed) throws IOException {
    byte[] header = sealed.readNBytes(HEADER_BYTES);
    if (!isOwn(header)) {
      throw new NotAuthenticException("the value is not encrypted with this key");
    }
    byte[] salt = Arrays.copyOfRange(header, start.length, HEADER_BYTES);
    return new ChunkStream(
        sealed, chunks(Cipher.DECRYPT_MODE, salt, owner), CHUNK_BYTES + TAG_BYTES, new byte[0]);
  }

  private Chunks chunks(int mode, byte[] salt, Owner owner) {
    byte[] bound = ByteBuffer.allocate(
            start.length + Integer.BYTES + kind.length + Key.LENGTH + 3 * Long.BYTES)
        .put(start)
        .putInt(kind.length)
        .put(kind)
        .put(owner.key().toBytes())
        .putLong(owner.storedMillis())
        .putLong(owner.expiresMillis())
        .putLong(owner.costNanos())
        .array();
    try {
      return new Chunks(mode, new SecretKeySpec(mac(VALUE_KEY, salt), "AES"), bound);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("every JDK takes keys of 256 bits", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM/NoPadding", e);
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "cipher of kind " + new String(kind, StandardCharsets.UTF_8);
  }
}
