package io.diskmemo.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told. Thread-safe. */
public final class TestClock implements InstantSource {
  private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on, or back if the duration is negative. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }
}
