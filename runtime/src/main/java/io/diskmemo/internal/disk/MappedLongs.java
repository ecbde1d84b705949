package io.diskmemo.internal.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Volatile access to the 64-bit numbers of a mapped file, by the offsets of their bytes.
 *
 * <p>All of it throws an {@link InternalError} if somebody has cut off that part of the file: HotSpot
 * makes that of the signal. It cannot where an interpreted method compares and sets, which ends the
 * JVM. So these read first, and only who cuts the file off in between does harm.
 */
final class MappedLongs {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private MappedLongs() {}

  static long get(ByteBuffer memory, int offset) {
    return (long) LONGS.getVolatile(memory, offset);
  }

  static void set(ByteBuffer memory, int offset, long value) {
    LONGS.setVolatile(memory, offset, value);
  }

  static boolean compareAndSet(ByteBuffer memory, int offset, long expected, long value) {
    return get(memory, offset) == expected && LONGS.compareAndSet(memory, offset, expected, value);
  }

  /** Adds one; returns what was there before. */
  static long getAndIncrement(ByteBuffer memory, int offset) {
    long seen = get(memory, offset);
    while (!LONGS.compareAndSet(memory, offset, seen, seen + 1)) {
      seen = get(memory, offset);
    }
    return seen;
  }

  /** Raises a number, unless it is as high. */
  static void raise(ByteBuffer memory, int offset, long number) {
    long seen = get(memory, offset);
    while (seen < number && !LONGS.compareAndSet(memory, offset, seen, number)) {
      seen = get(memory, offset);
    }
  }
}
