package io.diskmemo;

import io.diskmemo.internal.resilience.Aside;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The closing of files that a disk which does not answer may hold up for ever. Thread-safe. */
final class BoundedClosing {
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

  /**
   * Closes, in a thread that does not keep the JVM alive.
   *
   * @param closing that may fail
   * @param longest wait
   * @return false if it goes on
   */
  boolean isDone(Runnable closing, Duration longest) {
    return Aside.isDone(
        () -> {
          try {
            closing.run();
          } finally {
            gone.complete(null);
          }
        },
        longest);
  }

  /** Ends when it is over, however; it never fails. */
  CompletableFuture<@Nullable Void> gone() {
    return gone;
  }
}
