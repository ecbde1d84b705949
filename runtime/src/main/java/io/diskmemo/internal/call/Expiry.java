package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.StoredEntry;
import java.time.Duration;
import java.util.Optional;

/**
 * When entries expire that are stored now.
 *
 * @param timeToLive empty for ever
 */
public record Expiry(Optional<Duration> timeToLive) {

  /**
   * The end of an entry's time.
   *
   * @param nowMillis milliseconds since 1970
   * @return likewise, or {@link StoredEntry#NEVER}
   */
  public long from(long nowMillis) {
    return timeToLive.map(duration -> plus(nowMillis, duration)).orElse(StoredEntry.NEVER);
  }

  private static long plus(long nowMillis, Duration duration) {
    try {
      return Math.addExact(nowMillis, duration.toMillis());
    } catch (ArithmeticException e) {
      return StoredEntry.NEVER; // later than any clock can tell
    }
  }
}
