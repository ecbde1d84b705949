package io.diskmemo.testkit;

import io.diskmemo.multiprocess.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that a test waits for. */
public final class Threads implements AutoCloseable {
  /** What only a hang reaches, of whatever a test waits for. */
  public static final Duration LIMIT = Duration.ofMinutes(2);

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
    return future.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
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
    Patience.until("it is so", condition);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
