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
  private static final long NO_THREAD = 0;

  /** At each place when it began, and then its thread, which is noted a moment later. */
  private final AtomicLongArray began = new AtomicLongArray(PLACES * SPACING);

  /** Notes that one begins; returns its place. */
  int begin(long nowNanos) {
    long mark = nowNanos == FREE ? 1 : nowNanos;
    long thread = Thread.currentThread().getId();
    int first = (int) thread;
    for (int i = 0; i < PLACES; i++) {
      int place = (first + i) % PLACES * SPACING;
      if (began.getPlain(place) == FREE && began.compareAndSet(place, FREE, mark)) {
        began.setRelease(place + 1, thread);
        return place;
      }
    }
    return NO_PLACE;
  }

  /** Notes that it ended. */
  void end(int place) {
    if (place != NO_PLACE) {
      began.setPlain(place + 1, NO_THREAD); // the next one there says a moment later whose it is
      began.setRelease(place, FREE);
    }
  }

  /** The thread of the longest; 0 if that has ended meanwhile, or has not said yet whose it is. */
  long threadOfLongest(long nowNanos) {
    int longest = 0;
    for (int i = SPACING; i < PLACES * SPACING; i += SPACING) {
      if (lasted(i, nowNanos) > lasted(longest, nowNanos)) {
        longest = i;
      }
    }
    return threadOf(longest);
  }

  /** A place that is free, or was taken by another meanwhile, has no thread to tell of. */
  private long threadOf(int place) {
    long mark = began.getAcquire(place);
    long thread = began.getAcquire(place + 1);
    return mark != FREE && began.get(place) == mark ? thread : NO_THREAD;
  }

  private long lasted(int place, long nowNanos) {
    long mark = began.getAcquire(place);
    return mark == FREE ? 0 : nowNanos - mark;
  }

  /** How long the longest has lasted; 0 if there is none. */
  long longestNanos(long nowNanos) {
    long longest = 0;
    for (int i = 0; i < PLACES; i++) {
      longest = Math.max(longest, lasted(i * SPACING, nowNanos));
    }
    return longest;
  }
}
