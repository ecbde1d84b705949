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
 * <p>Few threads share a place, which holds the progress of whoever noted some last. If two read at the same
 * time, one of them may seem to stand still for a moment; no progress is taken for another thread's.
 */
public final class ReadProgress {
  /** After so many bytes at most, a reader notes that it has come further. */
  static final int PIECE_BYTES = 1 << 20;

  static final int PLACES = 256;

  private static final int SPACING = 8; // longs, so that each place has a cache line of its own

  /** At each place the pieces, and then the thread that noted the last of them. */
  private static final AtomicLongArray NOTED = new AtomicLongArray(PLACES * SPACING);

  private ReadProgress() {}

  /** Notes that this thread has read a piece. */
  static void note() {
    long thread = Thread.currentThread().getId();
    int place = placeOf(thread);
    NOTED.incrementAndGet(place);
    NOTED.set(place + 1, thread);
  }

  /**
   * Tells whether a thread has noted more since it was asked before.
   *
   * @param threadId of a thread, which may have ended
   * @return grows with what the thread notes; 0 if it noted nothing, or another did since
   */
  public static long of(long threadId) {
    int place = placeOf(threadId);
    return NOTED.get(place + 1) == threadId ? NOTED.get(place) : 0;
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
