package io.diskmemo.internal.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One state of a {@link Breaker}. Each method says which state follows; the breaker sees to it that one
 * follows at a time.
 */
abstract sealed class BreakerState permits ClosedState, FullState, OpenState, HalfOpenState {
  static final long NEVER_DUE = Long.MAX_VALUE;

  abstract Level level();

  /** Why it is not closed, or null if it is. */
  abstract @Nullable Failure reason();

  /** When there is to be a trial, or {@link #NEVER_DUE}; by the breaker's ticker. */
  abstract long trialDueNanos();

  /** After a failure that is the disk's. */
  abstract BreakerState failed(Failure failure, BreakerSettings settings, long nowNanos);

  /** After an operation of a call that did what it should. */
  abstract BreakerState succeeded(Failure.Operation operation);

  /** When a trial begins; the same if there cannot be one now. */
  abstract BreakerState trialBegun(long nowNanos);

  /** The same, with its trial due now. */
  abstract BreakerState hurried(long nowNanos);

  /** What follows from a failure, wherever it is met, if it is not one that is counted. */
  static BreakerState after(Failure failure, BreakerSettings settings, long nowNanos) {
    return switch (failure.trouble().reaction()) {
      case ONLY_READ -> new FullState(failure, nowNanos + settings.pause().toNanos());
      case OPEN_AGAIN, REPAIR -> new OpenState(failure, nowNanos);
      case USE_MEMORY_FOR_LONG -> OpenState.forTwice(failure, settings, nowNanos);
      case USE_MEMORY ->
        failure.operation() == Failure.Operation.WRITE
            ? new FullState(failure, nowNanos + settings.pause().toNanos())
            : OpenState.once(failure, settings, nowNanos);
      case GO_ON, LEAVE_VALUE, COUNT -> OpenState.once(failure, settings, nowNanos);
    };
  }
}
