package io.diskmemo.internal.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does what may never end, each by a thread that does not keep the JVM alive. Thread-safe. */
public final class Aside {
  private final ThreadFactory threads;

  /**
   * Begins nothing yet.
   *
   * @param threads of which one is made each time
   */
  public Aside(ThreadFactory threads) {
    this.threads = threads;
  }

  /**
   * Begins something.
   *
   * @param work that may throw an exception or error
   * @return empty if there is no thread for it; then it is not begun
   */
  public Optional<Begun> begin(Runnable work) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    Thread thread = threads.newThread(task);
    thread.setName("diskmemo-close");
    thread.setDaemon(true);
    try {
      thread.start();
      return Optional.of(new Begun(task, thread));
    } catch (OutOfMemoryError e) {
      ConditionLog.LOG.debug("there is no thread to close a store", e);
      return Optional.empty();
    }
  }

  /** What goes on until it ends, whether anybody waits for it or not. */
  public static final class Begun {
    private final FutureTask<Boolean> task;
    private final Thread thread;

    private Begun(FutureTask<Boolean> task, Thread thread) {
      this.task = task;
      this.thread = thread;
    }

    /**
     * Waits for its end, and throws what it threw.
     *
     * @param longest wait
     * @return false if it has not ended by then, or the wait was interrupted
     */
    public boolean isDoneWithin(Duration longest) {
      boolean interrupted = Thread.interrupted();
      try {
        boolean done = task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        thread.join(); // it has nothing left to do
        return done;
      } catch (TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        interrupted = true;
        return false;
      } catch (ExecutionException e) {
        throw Unwrapped.of(e.getCause());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
