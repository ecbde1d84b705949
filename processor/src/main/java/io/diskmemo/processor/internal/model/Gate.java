package io.diskmemo.processor.internal.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What the calls of a method pass on their way to it.
 *
 * @param method the class that declares it, its name and the types of its parameters
 * @param oneAtATime whether one call passes at a time
 * @param throttled whether so many pass in a period; at least one of the two is there
 * @param isInterruptible whether the method declares that a wait may be interrupted
 */
public record Gate(
    String method,
    Optional<OneAtATime> oneAtATime,
    Optional<Throttled> throttled,
    boolean isInterruptible) {

  /**
   * One call at a time.
   *
   * @param name that those have in common which exclude each other
   * @param timeToLive without a sign of life; empty for the usual one
   */
  public record OneAtATime(String name, Optional<Duration> timeToLive) {}

  /**
   * So many calls in a period.
   *
   * @param name that those have in common which share permits
   * @param permits in a period
   * @param period in which they come
   */
  public record Throttled(String name, int permits, Duration period) {}
}
