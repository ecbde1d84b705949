package io.diskmemo.internal.resilience;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one kind, done by a few daemon threads while callers wait, but not for ever: a thread that
 * is inside a system call which does not end cannot be called back. Threads begin when needed and end
 * when idle. Thread-safe.
 */
final class Handover {
  private static final int THREADS = 16;
  private static final int MOST_WAITING = 1000;
  private static final long IDLE_SECONDS = 10;
  private static final long LOOK_NANOS = 10_000_000;

  /** A step of the wait that took longer tells of a busy processor, and nothing of the disk. */
  private static final long LONGEST_STEP_NANOS = 2 * LOOK_NANOS;

  private final long timeoutNanos;
  private final ThreadPoolExecutor pool;

  Handover(String kind, Duration timeout) {
    this(timeout, threads(kind));
  }

  Handover(Duration timeout, ThreadFactory threads) {
    timeoutNanos = timeout.toNanos();
    pool = new ThreadPoolExecutor(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MOST_WAITING),
        threads,
        new ThreadPoolExecutor.AbortPolicy());
    pool.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory threads(String kind) {
    AtomicInteger made = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "diskmemo-write-" + kind + "-" + made.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Has something done, and waits. What waits for the timeout of the kind and is not begun, because
   * others wait for a lock, is not done.
   *
   * @param work that does not throw; it may be done later, unless it was not begun when the wait ended
   * @param waits whether there is still something to wait for
   * @param waitNanos for which the caller waits in any case, in steps that each count for a moment at most
   * @param inVain whether to wait no longer after that
   */
  void await(Runnable work, BooleanSupplier waits, long waitNanos, BooleanSupplier inVain) {
    Handed handed = new Handed(work);
    try {
      pool.execute(handed);
    } catch (RejectedExecutionException e) { // too much waits, or it is closed
      return;
    } catch (OutOfMemoryError e) { // there is no thread for it
      ConditionLog.LOG.debug("nothing can be written by another thread", e);
      return;
    }
    boolean interrupted = false;
    long left = waitNanos;
    long leftToBegin = timeoutNanos;
    long before = System.nanoTime();
    while (waits.getAsBoolean()) {
      if (leftToBegin <= 0 && handed.isCalledBack()) {
        break;
      }
      if (left <= 0 && inVain.getAsBoolean()) {
        handed.isCalledBack();
        break;
      }
      LockSupport.parkNanos(this, left > 0 ? Math.min(left, LOOK_NANOS) : LOOK_NANOS);
      interrupted |= Thread.interrupted();
      long now = System.nanoTime();
      long step = Math.min(now - before, LONGEST_STEP_NANOS);
      left -= step;
      leftToBegin -= step;
      before = now;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Does what was handed over, and takes nothing more.
   *
   * @return false if it is not done in time
   */
  boolean isEnded(long waitNanos) {
    pool.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      return pool.awaitTermination(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Something to do that can be called back until it is begun. */
  private static final class Handed implements Runnable {
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<@Nullable Runnable> work;

    Handed(Runnable work) {
      this.work = new AtomicReference<>(work);
    }

    /** Calls it back; false if it was begun before. */
    boolean isCalledBack() {
      return work.getAndSet(null) != null;
    }

    @Override
    public void run() {
      Runnable taken = work.getAndSet(null);
      if (taken != null) {
        try {
          taken.run();
        } finally {
          LockSupport.unpark(caller);
        }
      }
    }
  }
}
