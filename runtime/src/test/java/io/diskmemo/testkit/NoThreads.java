package io.diskmemo.testkit;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The factory of a pool at the limit of threads. The pool of 17 takes a thread that its factory refuses
 * for one that lives; that of later ones does not call what starts a thread.
 */
public final class NoThreads implements ForkJoinPool.ForkJoinWorkerThreadFactory {
  private final Runnable trial;

  /** For the common pool, by its name. */
  public NoThreads() {
    this(() -> {});
  }

  /** Fails after something. */
  public NoThreads(Runnable trial) {
    this.trial = trial;
  }

  @Override
  public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    if (Runtime.version().feature() > 17) {
      throw none();
    }
    return new ForkJoinWorkerThread(pool) {
      @Override
      public synchronized void start() {
        throw none();
      }
    };
  }

  private OutOfMemoryError none() {
    trial.run();
    return new OutOfMemoryError("unable to create native thread");
  }
}
