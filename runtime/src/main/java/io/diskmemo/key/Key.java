package io.diskmemo.key;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The 32 bytes that name an entry: SHA-256 over the canonical encoding. Immutable. */
public final class Key implements Comparable<Key> {
  /** Bytes in a key. */
  public static final int LENGTH = 32;

  private final byte[] digest;
  private final int hash;

  private Key(byte[] digest) {
    this.digest = digest;
    this.hash = (digest[0] << 24)
        | ((digest[1] & 0xFF) << 16)
        | ((digest[2] & 0xFF) << 8)
        | (digest[3] & 0xFF);
  }

  /**
   * The key with the given bytes.
   *
   * @param digest 32 bytes, copied
   * @return the key
   * @throws IllegalArgumentException if there are not 32 of them
   */
  public static Key of(byte[] digest) {
    if (digest.length != LENGTH) {
      throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + digest.length);
    }
    return new Key(digest.clone());
  }

  static Key ofOwned(byte[] digest) {
    return new Key(digest);
  }

  /**
   * The key's bytes.
   *
   * @return a copy
   */
  public byte[] toBytes() {
    return digest.clone();
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && Arrays.equals(digest, key.digest);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The bytes as 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest);
  }
}
