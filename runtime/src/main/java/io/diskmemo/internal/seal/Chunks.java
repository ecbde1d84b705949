package io.diskmemo.internal.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** The chunks of one value, one after the other. For one thread. */
final class Chunks {
  private static final int NONCE_BYTES = 12;

  private final int mode;
  private final SecretKey valueKey;
  private final byte[] bound;
  private final Cipher cipher;
  private long number;

  Chunks(int mode, SecretKey valueKey, byte[] bound) throws GeneralSecurityException {
    this.mode = mode;
    this.valueKey = valueKey;
    this.bound = bound;
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
  }

  /** Encrypts or decrypts the next. */
  byte[] next(byte[] bytes, int length, boolean last) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
        .putLong(NONCE_BYTES - 1 - Long.BYTES, number)
        .put(NONCE_BYTES - 1, (byte) (last ? 1 : 0))
        .array();
    number++;
    cipher.init(mode, valueKey, new GCMParameterSpec(ValueCipher.TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(bound);
    return cipher.doFinal(bytes, 0, length);
  }
}
