package io.diskmemo;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.seal.ValueCipher;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that a kind is encrypted with. The supplier is the user's, and may take as long as a vault does:
 * it is asked before the kind is opened, so that nobody else waits for it, and once it answered, not again.
 * Thread-safe.
 */
final class KindKey {
  private final String kind;
  private final Supplier<byte[]> supplier;
  private @Nullable ValueCipher cipher; // guarded by this

  /** What came of asking, to be told by the next opening. */
  private @Nullable DiskException failure; // guarded by this

  KindKey(String kind, Supplier<byte[]> supplier) {
    this.kind = kind;
    this.supplier = supplier;
  }

  /**
   * Asks for the key.
   *
   * @throws InvalidSettingException if it is of another length
   */
  synchronized void ask() {
    try {
      cipher = asked();
    } catch (DiskException e) {
      failure = e;
    }
  }

  /**
   * The cipher with the key that was given; asks for it if that was in vain.
   *
   * @throws DiskException if there is none
   * @throws InvalidSettingException if it is of another length
   */
  synchronized ValueCipher cipher() {
    DiskException earlier = failure;
    if (earlier != null) {
      failure = null;
      throw earlier;
    }
    if (cipher == null) {
      cipher = asked();
    }
    return cipher;
  }

  private ValueCipher asked() {
    byte[] key = given();
    try {
      if (key.length != ValueCipher.KEY_BYTES) {
        throw new InvalidSettingException("encryptionKey of kind " + kind + " has " + key.length
            + " bytes; give " + ValueCipher.KEY_BYTES + " random ones");
      }
      return new ValueCipher(kind, key, new SecureRandom()::nextBytes);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What is thrown is not repeated: of a text that is no key, its message may show all of it. */
  private byte[] given() {
    byte @Nullable [] key;
    try {
      key = supplier.get();
    } catch (Throwable e) { // of the user's, and trouble of the cache like any other
      throw missing("throws " + e.getClass().getName());
    }
    if (key == null) {
      throw missing("gives null");
    }
    return key.clone();
  }

  private DiskException missing(String what) {
    return new DiskException(
        "open the kind",
        false,
        "encryptionKey of kind " + kind + " " + what
            + "; it is asked again when the kind is tried again");
  }
}
