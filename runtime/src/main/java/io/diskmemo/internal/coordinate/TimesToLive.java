package io.diskmemo.internal.coordinate;

import java.time.Duration;

/** How long something may last that nobody renews. */
final class TimesToLive {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  private TimesToLive() {}

  /** Of leases, which are renewed three times in that time. */
  static Duration checked(Duration timeToLive) {
    if (timeToLive.compareTo(SHORTEST) < 0 || timeToLive.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a ttl of " + timeToLive
          + " is too short to be renewed in time or too long to wait for; use 100 ms to 24 h");
    }
    return timeToLive;
  }
}
