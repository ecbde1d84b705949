package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.nio.ByteBuffer;

/**
 * 64 bits over everything that a reader relies on: key, times, cost and bytes. For one thread.
 */
public final class EntryChecksum {
  /** Stands for the encoding of values and of this checksum. */
  private static final int FORMAT = 1;

  /** Turns the checksum of a value as it is into that of the same bytes as an encrypted value. */
  private static final long SEALED = 0x5345_414C_4544_0001L; // "SEALED", form 1

  private final TwoCrcs sum = new TwoCrcs();

  /**
   * A checksum whose bytes are still to come.
   *
   * @param key of the entry
   * @param storedMillis when it was stored
   * @param expiresMillis when it expires
   * @param costNanos how long its computation took
   */
  public EntryChecksum(Key key, long storedMillis, long expiresMillis, long costNanos) {
    byte[] header = ByteBuffer.allocate(Integer.BYTES + Key.LENGTH + 3 * Long.BYTES)
        .putInt(FORMAT)
        .put(key.toBytes())
        .putLong(storedMillis)
        .putLong(expiresMillis)
        .putLong(costNanos)
        .array();
    add(header, header.length);
  }

  static EntryChecksum of(
      Key key, long storedMillis, long expiresMillis, long costNanos, byte[] value) {
    EntryChecksum checksum = new EntryChecksum(key, storedMillis, expiresMillis, costNanos);
    checksum.add(value, value.length);
    return checksum;
  }

  /**
   * Adds the next bytes of the value.
   *
   * @param bytes that begin with them
   * @param length how many
   */
  public void add(byte[] bytes, int length) {
    sum.add(bytes, length);
  }

  /**
   * The checksum of what was added.
   *
   * @param isSealed whether that is an encrypted value, which has another checksum
   * @return 64 bits
   */
  long value(boolean isSealed) {
    return isSealed ? sum.value() ^ SEALED : sum.value();
  }

  /**
   * Whether what was added has a checksum, encrypted or not.
   *
   * @param stated by the row or the file
   * @return true if nothing is damaged
   */
  public boolean holds(long stated) {
    return value(false) == stated || isSealed(stated);
  }

  /**
   * Whether what was added has the checksum of an encrypted value.
   *
   * @param stated by the row or the file
   * @return false for one that is not encrypted or damaged
   */
  public boolean isSealed(long stated) {
    return value(true) == stated;
  }
}
