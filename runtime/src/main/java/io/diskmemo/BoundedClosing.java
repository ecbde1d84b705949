package io.diskmemo;

import io.diskmemo.internal.resilience.Aside;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The closing of files that a disk which does not answer may hold up for ever. Thread-safe. */
final class BoundedClosing {
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

  /**
   * Closes, in a thread that does not keep the JVM alive; where there is none, in that of the caller.
   *
   * @param closing that may fail
   * @param longest wait
   * @return false if it goes on
   */
  boolean isDone(Runnable closing, Duration longest) {
    Runnable last = () -> {
      try {
        closing.run();
      } finally {
        gone.complete(null);
      }
    };
    Optional<Aside.Begun> begun = new Aside(Thread::new).begin(last);
    if (begun.isPresent()) {
      return begun.get().isDoneWithin(longest);
    }
    last.run();
    return true;
  }

  /** Ends when it is over, however; it never fails. */
  CompletableFuture<@Nullable Void> gone() {
    return gone;
  }
}
