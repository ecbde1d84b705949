package io.diskmemo.internal.disk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far threads have come with what takes them long: those that read a large value note each piece of it,
 * and whoever watches them sees that the disk answers. A virtual thread cannot be told in any other way
 * from one that hangs, because the JVM does not say how much processor time it got. Thread-safe; costs
 * nothing that can be measured beside reading a piece.
 *
 * <p>Few threads share a place. If another one's progress is taken for that of a thread that hangs, this
 * one is noticed when the other has ended.
 */
public final class ReadProgress {
  /** After so many bytes at most, a reader notes that it has come further. */
  static final int PIECE_BYTES = 1 << 20;

  private static final int PLACES = 64;
  private static final int SPACING = 8; // longs, so that each place has a cache line of its own
  private static final AtomicLongArray PIECES = new AtomicLongArray(PLACES * SPACING);

  private ReadProgress() {}

  /** Notes that this thread has read a piece. */
  static void note() {
    PIECES.incrementAndGet(placeOf(Thread.currentThread().getId()));
  }

  /**
   * How many pieces a thread has noted, or those that share its place.
   *
   * @param threadId of a thread, which may have ended
   * @return only grows
   */
  public static long of(long threadId) {
    return PIECES.get(placeOf(threadId));
  }

  private static int placeOf(long threadId) {
    return Math.floorMod(threadId, PLACES) * SPACING;
  }

  /** A stream whose readers note what they read. */
  static InputStream noting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        note();
        return super.read(bytes, offset, length);
      }
    };
  }
}
