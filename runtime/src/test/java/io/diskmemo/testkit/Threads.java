package io.diskmemo.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that a test waits for, with a limit that only a hang reaches. */
public final class Threads implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final ExecutorService pool = Executors.newCachedThreadPool();

  /** Begins something in a thread of its own. */
  public <T> Future<T> begin(Callable<T> work) {
    return pool.submit(work);
  }

  /** The same in many threads at once. */
  public <T> List<Future<T>> begin(int threads, Callable<T> work) {
    List<Future<T>> begun = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      begun.add(begin(work));
    }
    return begun;
  }

  /** What a thread brings. */
  public static <T> T result(Future<T> future) throws Exception {
    return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** What all threads bring. */
  public static <T> List<T> results(List<Future<T>> futures) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  /** Waits until something is so, which nothing else tells. */
  public static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        throw new AssertionError("it never came to be");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
