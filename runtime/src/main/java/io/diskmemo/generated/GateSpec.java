package io.diskmemo.generated;

import java.time.Duration;
import java.util.Optional;

/** What generated code states about the gate of one method. Immutable. */
public final class GateSpec {
  private final Optional<OneAtATime> oneAtATime;
  private final Optional<Throttled> throttled;
  private final boolean isInterruptible;

  /**
   * One call at a time.
   *
   * @param name of the barrier that it passes
   * @param timeToLive after which a process without a sign of life has left it; empty for the usual one
   */
  public record OneAtATime(String name, Optional<Duration> timeToLive) {}

  /**
   * So many calls in a period.
   *
   * @param name of the throttle that it takes permits of
   * @param permits in a period
   * @param period in which they come
   */
  public record Throttled(String name, int permits, Duration period) {}

  private GateSpec(Builder builder) {
    this.oneAtATime = builder.oneAtATime;
    this.throttled = builder.throttled;
    this.isInterruptible = builder.isInterruptible;
  }

  /**
   * Starts a specification.
   *
   * @return a builder of a gate that stands open
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Whether one call at a time passes.
   *
   * @return empty if any number does
   */
  public Optional<OneAtATime> oneAtATime() {
    return oneAtATime;
  }

  /**
   * Whether a call needs a permit.
   *
   * @return empty if it does not
   */
  public Optional<Throttled> throttled() {
    return throttled;
  }

  /**
   * Whether an interrupt ends a wait with an {@link InterruptedException}.
   *
   * @return false if the wait goes on
   */
  public boolean isInterruptible() {
    return isInterruptible;
  }

  /** Builds a {@link GateSpec}. Not thread-safe. */
  public static final class Builder {
    private Optional<OneAtATime> oneAtATime = Optional.empty();
    private Optional<Throttled> throttled = Optional.empty();
    private boolean isInterruptible;

    private Builder() {}

    /**
     * One call at a time, with the usual time to live.
     *
     * @param name of the barrier
     * @return this
     */
    public Builder oneAtATime(String name) {
      oneAtATime = Optional.of(new OneAtATime(name, Optional.empty()));
      return this;
    }

    /**
     * One call at a time.
     *
     * @param name of the barrier
     * @param timeToLive after which a process without a sign of life has left it
     * @return this
     */
    public Builder oneAtATime(String name, Duration timeToLive) {
      oneAtATime = Optional.of(new OneAtATime(name, Optional.of(timeToLive)));
      return this;
    }

    /**
     * So many calls in a period.
     *
     * @param name of the throttle
     * @param permits in a period
     * @param period in which they come
     * @return this
     */
    public Builder throttled(String name, int permits, Duration period) {
      throttled = Optional.of(new Throttled(name, permits, period));
      return this;
    }

    /**
     * The method declares that it can be interrupted.
     *
     * @return this
     */
    public Builder interruptible() {
      isInterruptible = true;
      return this;
    }

    /**
     * Ends the specification.
     *
     * @return what was stated
     */
    public GateSpec build() {
      return new GateSpec(this);
    }
  }
}
