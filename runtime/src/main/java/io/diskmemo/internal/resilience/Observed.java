package io.diskmemo.internal.resilience;

/**
 * For how long somebody has watched operations that are under way. A watcher who looks late, because
 * the processor is busy, has seen nothing of the time between: in it the operation may have got no
 * processor either. For one thread.
 */
final class Observed {
  private final long longestStepNanos;
  private long nanos;

  Observed(long longestStepNanos) {
    this.longestStepNanos = longestStepNanos;
  }

  /**
   * Takes note of a look.
   *
   * @param underwayNanos how long the longest operation has lasted, or 0
   * @param stepNanos since the look before
   * @return for how long that one was watched
   */
  long look(long underwayNanos, long stepNanos) {
    nanos = Math.min(underwayNanos, nanos + Math.min(stepNanos, longestStepNanos));
    return nanos;
  }
}
