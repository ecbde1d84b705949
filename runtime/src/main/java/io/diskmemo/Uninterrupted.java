package io.diskmemo;

import java.util.function.Supplier;

/** Java's channels close under a thread that is interrupted, which must not spoil an opening. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Does the work without the interrupt, which the thread has again afterwards. */
  static <T> T get(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
