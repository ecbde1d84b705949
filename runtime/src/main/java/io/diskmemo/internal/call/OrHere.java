package io.diskmemo.internal.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has work done by other threads, or by the one that asks where the system has no thread for it: late
 * and in the wrong place is better than never, because somebody waits for a future that nobody else
 * completes. Thread-safe.
 */
final class OrHere implements Executor {
  /** Where stages of the JVM run that name no executor. */
  static final Executor ELSEWHERE = new OrHere(new CompletableFuture<>().defaultExecutor());

  private final Executor others;

  OrHere(Executor others) {
    this.others = others;
  }

  @Override
  public void execute(Runnable work) {
    Once once = new Once(work);
    ForkJoinTask<?> task = ForkJoinTask.adapt(once);
    try {
      if (others instanceof ForkJoinPool pool) {
        pool.execute(task);
      } else {
        others.execute(once);
      }
    } catch (OutOfMemoryError e) { // the limit of threads; work that fails of it says so itself
      task.tryUnfork(); // while it is queued the pool asks for no thread, and does not throw again
      once.run();
    }
  }

  /** A pool that throws because it got no thread may keep the work all the same, for a thread it has. */
  private static final class Once implements Runnable {
    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        work.run();
      }
    }
  }
}
