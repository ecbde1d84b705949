package io.diskmemo.internal.call;

import io.diskmemo.key.Key;
import io.diskmemo.key.KeyWriter;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ends keys: as the digest of the arguments, or as its HMAC under a secret. A digest of few possible
 * arguments, such as a telephone number, can be found again by trying them all; an HMAC cannot,
 * without the secret. Thread-safe.
 */
public final class CallKeys {
  private static final String ALGORITHM = "HmacSHA256";

  private final Optional<SecretKeySpec> secret;

  /**
   * Keys of a kind.
   *
   * @param secret empty for plain digests
   */
  public CallKeys(Optional<byte[]> secret) {
    this.secret = secret.map(bytes -> new SecretKeySpec(bytes, ALGORITHM));
  }

  /**
   * Ends a key.
   *
   * @param writer that was given the method and its arguments, or what was put by hand
   * @return the key
   */
  public Key of(KeyWriter writer) {
    Key digest = writer.toKey();
    return secret.isPresent() ? Key.of(mac(secret.get()).doFinal(digest.toBytes())) : digest;
  }

  private static Mac mac(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
