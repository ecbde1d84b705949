package io.diskmemo.internal.resilience;

import java.time.Duration;

/**
 * When a breaker opens, and when it tries again.
 *
 * @param failures one after the other that open it
 * @param pause after which there is a trial
 */
public record BreakerSettings(int failures, Duration pause) {
  /** What holds if nobody says anything else. */
  public static final BreakerSettings DEFAULT = new BreakerSettings(3, Duration.ofSeconds(30));
}
