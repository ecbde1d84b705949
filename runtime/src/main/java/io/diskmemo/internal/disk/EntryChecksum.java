package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * 64 bits over everything that a reader relies on: key, times, cost and bytes. CRC-32C and CRC-32 side
 * by side; the JDK computes both with the processor's instructions, and their polynomials are
 * independent, so that damage passes both with a chance of about 2⁻⁶⁴.
 */
final class EntryChecksum {
  /** Stands for the encoding of values and of this checksum. */
  private static final int FORMAT = 1;

  private EntryChecksum() {}

  static long of(Key key, long storedMillis, long expiresMillis, long costNanos, byte[] value) {
    byte[] header = ByteBuffer.allocate(Integer.BYTES + Key.LENGTH + 3 * Long.BYTES)
        .putInt(FORMAT)
        .put(key.toBytes())
        .putLong(storedMillis)
        .putLong(expiresMillis)
        .putLong(costNanos)
        .array();
    long castagnoli = over(new CRC32C(), header, value);
    long ieee = over(new CRC32(), header, value);
    return (castagnoli << 32) | ieee;
  }

  private static long over(Checksum checksum, byte[] header, byte[] value) {
    checksum.update(header, 0, header.length);
    checksum.update(value, 0, value.length);
    return checksum.getValue();
  }
}
