package io.diskmemo.internal.resilience;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The operations under way, and since when. Noting one costs a compare-and-set. If there are more than
 * there are places for, some are not noted. Thread-safe.
 */
final class Underway {
  private static final int PLACES = 64;
  private static final int SPACING = 8; // longs, so that each place has a cache line of its own
  private static final int NO_PLACE = -1;
  private static final long FREE = 0;

  private final AtomicLongArray began = new AtomicLongArray(PLACES * SPACING);

  /** Notes that one begins; returns its place. */
  int begin(long nowNanos) {
    long mark = nowNanos == FREE ? 1 : nowNanos;
    int first = (int) Thread.currentThread().getId();
    for (int i = 0; i < PLACES; i++) {
      int place = (first + i) % PLACES * SPACING;
      if (began.getPlain(place) == FREE && began.compareAndSet(place, FREE, mark)) {
        return place;
      }
    }
    return NO_PLACE;
  }

  /** Notes that it ended. */
  void end(int place) {
    if (place != NO_PLACE) {
      began.setRelease(place, FREE);
    }
  }

  /** How long the longest has lasted; 0 if there is none. */
  long longestNanos(long nowNanos) {
    long longest = 0;
    for (int i = 0; i < PLACES; i++) {
      long mark = began.getAcquire(i * SPACING);
      longest = mark == FREE ? longest : Math.max(longest, nowNanos - mark);
    }
    return longest;
  }
}
