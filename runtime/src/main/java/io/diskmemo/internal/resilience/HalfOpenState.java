package io.diskmemo.internal.resilience;

/** One trial is under way, aside; for calls nothing changes until it ends. */
final class HalfOpenState extends BreakerState {
  private final BreakerState before;

  HalfOpenState(BreakerState before) {
    this.before = before;
  }

  @Override
  Level level() {
    return before.level();
  }

  @Override
  Failure reason() {
    Failure reason = before.reason();
    if (reason == null) {
      throw new IllegalStateException("what is well needs no trial");
    }
    return reason;
  }

  @Override
  long trialDueNanos() {
    return NEVER_DUE;
  }

  /** The trial alone decides. */
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
    return this;
  }

  @Override
  BreakerState trialBegun(long nowNanos) {
    return this;
  }

  BreakerState trialSucceeded() {
    return ClosedState.SOUND;
  }

  /**
   * Waits for the next trial, also after what calls for one at once when calls meet it; a disk that
   * only lacks space can still be read.
   */
  BreakerState trialFailed(Failure failure, BreakerSettings settings, long nowNanos) {
    return switch (failure.trouble().reaction()) {
      case ONLY_READ -> new FullState(failure, nowNanos + settings.pause().toNanos());
      case USE_MEMORY_FOR_LONG -> OpenState.forTwice(failure, settings, nowNanos);
      case GO_ON ->
        before.level() == Level.DEGRADED
            ? new FullState(reason(), nowNanos + settings.pause().toNanos())
            : OpenState.once(reason(), settings, nowNanos);
      case LEAVE_VALUE, COUNT, USE_MEMORY, OPEN_AGAIN, REPAIR ->
        OpenState.once(failure, settings, nowNanos);
    };
  }
}
