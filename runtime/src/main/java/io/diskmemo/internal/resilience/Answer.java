package io.diskmemo.internal.resilience;

import org.jspecify.annotations.Nullable;

/**
 * What another thread brings, or the lack of it: either its result is taken, or the one who waited has
 * gone on without. Thread-safe.
 *
 * @param <T> type of the result
 */
final class Answer<T> {
  private final T otherwise;
  private @Nullable T result; // guarded by this
  private boolean givenUp; // guarded by this

  Answer(T otherwise) {
    this.otherwise = otherwise;
  }

  T otherwise() {
    return otherwise;
  }

  /** Brings the result; false if nobody waits for it any more. */
  synchronized boolean isTaken(T brought) {
    if (!givenUp) {
      result = brought;
    }
    return !givenUp;
  }

  synchronized boolean isWaitedFor() {
    return result == null && !givenUp;
  }

  /** Goes on without, unless it is there. */
  synchronized void giveUp() {
    givenUp = true;
  }

  synchronized boolean isThere() {
    return result != null;
  }

  /** The result, or what holds without one. */
  synchronized T orElse() {
    T brought = result;
    return brought == null ? otherwise : brought;
  }
}
