package io.diskmemo.internal.resilience;

import org.jspecify.annotations.Nullable;

/** All is well, or was until so many failures ago. */
final class ClosedState extends BreakerState {
  static final ClosedState SOUND = new ClosedState(0, 0);

  private final int failedReads;
  private final int failedWrites;

  private ClosedState(int failedReads, int failedWrites) {
    this.failedReads = failedReads;
    this.failedWrites = failedWrites;
  }

  @Override
  Level level() {
    return Level.HEALTHY;
  }

  @Override
  @Nullable
  Failure reason() {
    return null;
  }

  @Override
  long trialDueNanos() {
    return NEVER_DUE;
  }

  @Override
  BreakerState failed(Failure failure, BreakerSettings settings, long nowNanos) {
    if (failure.trouble().reaction() != Reaction.COUNT) {
      return after(failure, settings, nowNanos);
    }
    ClosedState counted = failure.operation() == Failure.Operation.READ
        ? new ClosedState(failedReads + 1, failedWrites)
        : new ClosedState(failedReads, failedWrites + 1);
    return Math.max(counted.failedReads, counted.failedWrites) < settings.failures()
        ? counted
        : after(failure, settings, nowNanos);
  }

  @Override
  BreakerState succeeded(Failure.Operation operation) {
    if (operation == Failure.Operation.READ) {
      return failedReads == 0 ? this : new ClosedState(0, failedWrites);
    }
    return failedWrites == 0 ? this : new ClosedState(failedReads, 0);
  }

  /** A probe of what is well; its failures are like those of calls. */
  @Override
  BreakerState hurried(long nowNanos) {
    return this;
  }

  @Override
  BreakerState trialBegun(long nowNanos) {
    return this;
  }
}
