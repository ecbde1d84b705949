package io.diskmemo.internal.resilience;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What another thread brings, or the lack of it: either its result is taken, or the one who waited has
 * gone on without and left an heir. Thread-safe.
 *
 * @param <T> type of the result
 */
final class Delivery<T> {
  private final T otherwise;
  private @Nullable T result; // guarded by this
  private @Nullable Consumer<T> heir; // guarded by this; there since the wait was given up

  Delivery(T otherwise) {
    this.otherwise = otherwise;
  }

  T otherwise() {
    return otherwise;
  }

  /** Brings the result to who waits for it, or else to the heir. */
  void bring(T brought) {
    Consumer<T> late = heirUnlessTaken(brought);
    if (late != null) {
      late.accept(brought);
    }
  }

  private synchronized @Nullable Consumer<T> heirUnlessTaken(T brought) {
    if (heir == null) {
      result = brought;
    }
    return heir;
  }

  synchronized boolean isWaitedFor() {
    return result == null && heir == null;
  }

  /** Goes on without, unless it is there; what comes later is the heir's. */
  synchronized void giveUp(Consumer<T> late) {
    if (result == null) {
      heir = late;
    }
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
