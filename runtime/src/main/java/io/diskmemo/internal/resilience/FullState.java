package io.diskmemo.internal.resilience;

/** Nothing can be written, for want of space or of an answer: what is there is read. */
final class FullState extends BreakerState {
  private final Failure reason;
  private final long trialDueNanos;

  FullState(Failure reason, long trialDueNanos) {
    this.reason = reason;
    this.trialDueNanos = trialDueNanos;
  }

  @Override
  Level level() {
    return Level.DEGRADED;
  }

  @Override
  Failure reason() {
    return reason;
  }

  @Override
  long trialDueNanos() {
    return trialDueNanos;
  }

  /** Late stores find no space either; reads may fail for another reason. */
  @Override
  BreakerState failed(Failure failure, BreakerSettings settings, long nowNanos) {
    Reaction reaction = failure.trouble().reaction();
    return reaction == Reaction.COUNT || reaction == Reaction.ONLY_READ
        ? this
        : after(failure, settings, nowNanos);
  }

  @Override
  BreakerState succeeded(Failure.Operation operation) {
    return this;
  }

  @Override
  BreakerState hurried(long nowNanos) {
    return nowNanos - trialDueNanos < 0 ? new FullState(reason, nowNanos) : this;
  }

  @Override
  BreakerState trialBegun(long nowNanos) {
    return nowNanos - trialDueNanos < 0 ? this : new HalfOpenState(this);
  }
}
