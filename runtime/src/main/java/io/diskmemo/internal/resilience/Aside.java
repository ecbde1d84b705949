package io.diskmemo.internal.resilience;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something that may never end, done by a thread that does not keep the JVM alive. */
public final class Aside {
  private Aside() {}

  /**
   * Begins it, and waits for its end.
   *
   * @param work that may throw an exception or error
   * @param longest wait
   * @return false if it has not ended by then, or the wait was interrupted; then it goes on. Also if there
   *     is no thread for it; then it is not begun
   */
  public static boolean isDone(Runnable work, Duration longest) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    return isBegun(task) && isDone(task, longest.toNanos());
  }

  private static boolean isBegun(Runnable task) {
    Thread thread = new Thread(task, "diskmemo-close");
    thread.setDaemon(true);
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      ConditionLog.LOG.debug("there is no thread to close a store", e);
      return false;
    }
  }

  private static boolean isDone(FutureTask<Boolean> task, long longestNanos) {
    boolean interrupted = Thread.interrupted();
    try {
      return task.get(longestNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(cause);
  }
}
