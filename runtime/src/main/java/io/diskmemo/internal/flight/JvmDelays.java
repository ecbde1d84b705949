package io.diskmemo.internal.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Delays by the one thread that the JVM has for them. Thread-safe.
 *
 * <p>While a thread tries to begin it in vain, the JVM takes what others delay, and tells them nothing; so
 * until it is known to be there, one at a time asks for it.
 */
final class JvmDelays implements AsyncTurn.Delays {
  private volatile boolean begun;

  @Override
  public Executor after(long nanos, Executor executor) {
    Executor delayed = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, work -> {
      begun = true;
      executor.execute(work);
    });
    return begun ? delayed : work -> executeAlone(delayed, work);
  }

  private synchronized void executeAlone(Executor delayed, Runnable work) {
    delayed.execute(work);
  }
}
