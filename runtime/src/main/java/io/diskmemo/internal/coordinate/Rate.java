package io.diskmemo.internal.coordinate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How many permits come in how long.
 *
 * @param permits at least 1
 * @param periodMicros at least a millisecond
 */
record Rate(int permits, long periodMicros) {
  private static final int MOST_PERMITS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(100); // the product fits a long

  static Rate of(int permits, Duration period) {
    if (permits < 1 || permits > MOST_PERMITS) {
      throw new IllegalArgumentException(
          "a throttle has 1 to " + MOST_PERMITS + " permits in a period, not " + permits);
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the period of a throttle is 1 ms to 100 days, not " + period);
    }
    return new Rate(permits, period.dividedBy(ChronoUnit.MICROS.getDuration()));
  }

  /** What a permit costs, in the unit in which each microsecond brings {@link #permits}. */
  long cost() {
    return periodMicros;
  }

  /** A full bucket. */
  long fullCredit() {
    return permits * periodMicros;
  }
}
