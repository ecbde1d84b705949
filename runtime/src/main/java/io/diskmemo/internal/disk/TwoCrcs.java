package io.diskmemo.internal.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A checksum of 64 bits: CRC-32C and CRC-32 side by side. The JDK computes both with the processor's
 * instructions, and their polynomials are independent, so that damage passes both with a chance of
 * about 2⁻⁶⁴. For one thread.
 */
public final class TwoCrcs {
  private final Checksum castagnoli = new CRC32C();
  private final Checksum ieee = new CRC32();

  /** Begins with no bytes. */
  public TwoCrcs() {}

  /**
   * Adds a number.
   *
   * @param number as eight bytes
   * @return this
   */
  public TwoCrcs add(long number) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return add(bytes, bytes.length);
  }

  /**
   * Adds bytes.
   *
   * @param bytes that begin with them
   * @param length how many
   * @return this
   */
  public TwoCrcs add(byte[] bytes, int length) {
    int done = 0;
    while (length - done >= ReadProgress.PIECE_BYTES) {
      update(bytes, done, ReadProgress.PIECE_BYTES);
      done += ReadProgress.PIECE_BYTES;
      ReadProgress.note();
    }
    update(bytes, done, length - done);
    return this;
  }

  private void update(byte[] bytes, int from, int length) {
    castagnoli.update(bytes, from, length);
    ieee.update(bytes, from, length);
  }

  /**
   * The checksum of what was added.
   *
   * @return 64 bits
   */
  public long value() {
    return (castagnoli.getValue() << 32) | ieee.getValue();
  }
}
