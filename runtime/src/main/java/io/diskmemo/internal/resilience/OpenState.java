package io.diskmemo.internal.resilience;

import java.time.Duration;

/** The kind works from memory until its trial is due. */
final class OpenState extends BreakerState {
  private final Failure reason;
  private final long trialDueNanos;

  OpenState(Failure reason, long trialDueNanos) {
    this.reason = reason;
    this.trialDueNanos = trialDueNanos;
  }

  static OpenState once(Failure reason, BreakerSettings settings, long nowNanos) {
    return after(reason, settings.pause(), nowNanos);
  }

  static OpenState forTwice(Failure reason, BreakerSettings settings, long nowNanos) {
    return after(reason, settings.pause().multipliedBy(2), nowNanos);
  }

  private static OpenState after(Failure reason, Duration pause, long nowNanos) {
    return new OpenState(reason, nowNanos + pause.toNanos());
  }

  @Override
  Level level() {
    return Level.UNHEALTHY;
  }

  @Override
  Failure reason() {
    return reason;
  }

  @Override
  long trialDueNanos() {
    return trialDueNanos;
  }

  /** Of calls that began before it opened. */
  @Override
  BreakerState failed(Failure failure, BreakerSettings settings, long nowNanos) {
    return this;
  }

  @Override
  BreakerState succeeded(Failure.Operation operation) {
    return this;
  }

  @Override
  BreakerState hurried(long nowNanos) {
    return nowNanos - trialDueNanos < 0 ? new OpenState(reason, nowNanos) : this;
  }

  @Override
  BreakerState trialBegun(long nowNanos) {
    return nowNanos - trialDueNanos < 0 ? this : new HalfOpenState(this);
  }
}
