package io.diskmemo.internal.flight;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews leases at a third of their time to live, in a daemon thread that begins with the first of them
 * and ends when there was none for a while. Thread-safe.
 */
final class Heartbeat {
  /** So many beats without a lease, and the thread ends. */
  private static final int IDLE_BEATS = 10;

  private static final int BEATS_PER_LIFE = 3;

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final BooleanSupplier renewal;
  private final ThreadFactory threads;
  private volatile long shortestNanos = Long.MAX_VALUE;
  private volatile @Nullable Thread beating;
  private boolean ended; // guarded by this

  /** Beats once somebody asks; the renewal says whether there was anything to renew. */
  Heartbeat(BooleanSupplier renewal, ThreadFactory threads) {
    this.renewal = renewal;
    this.threads = threads;
  }

  /**
   * Sees to it that leases of a time to live are renewed; to be called when there is one.
   *
   * @return false if no thread can be started
   */
  boolean isBeating(Duration timeToLive) {
    try {
      Thread thread = beating;
      if (thread == null || timeToLive.toNanos() < shortestNanos) {
        begin(timeToLive.toNanos());
      }
      return true;
    } catch (Throwable e) { // the limit of threads is an Error; whoever wants a lease does without
      LOG.warn("leases cannot be renewed, so none is taken", e);
      return false;
    }
  }

  private synchronized void begin(long timeToLiveNanos) {
    shortestNanos = Math.min(shortestNanos, timeToLiveNanos);
    Thread thread = beating;
    if (thread != null) {
      LockSupport.unpark(thread);
    } else if (!ended) {
      Thread begun = threads.newThread(this::run);
      begun.setName("diskmemo-leases");
      begun.setDaemon(true);
      begun.start();
      beating = begun;
    }
  }

  private void run() {
    try {
      for (int idle = 0; !isOver(idle); ) {
        LockSupport.parkNanos(this, shortestNanos / BEATS_PER_LIFE);
        idle = renewal.getAsBoolean() ? 0 : idle + 1;
      }
    } finally {
      forget(Thread.currentThread()); // after an error the next lease begins another thread
    }
  }

  private synchronized boolean isOver(int idle) {
    if (idle < IDLE_BEATS && !ended) {
      return false;
    }
    beating = null; // before the last look, so that a lease that comes later begins another thread
    if (ended || !renewal.getAsBoolean()) {
      return true;
    }
    beating = Thread.currentThread();
    return false;
  }

  private synchronized void forget(Thread thread) {
    if (thread.equals(beating)) {
      beating = null;
    }
  }

  synchronized void end() {
    ended = true;
    Thread thread = beating;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
