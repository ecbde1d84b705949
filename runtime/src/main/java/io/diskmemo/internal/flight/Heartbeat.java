package io.diskmemo.internal.flight;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
  private final ThreadShortage shortage;
  private volatile long shortestNanos = Long.MAX_VALUE;
  private volatile @Nullable Thread beating;
  private volatile boolean ended; // written under the lock of this
  private volatile boolean fails;

  /** Beats once somebody asks; the renewal says whether there was anything to renew. */
  Heartbeat(BooleanSupplier renewal, ThreadFactory threads, LongSupplier nanoTicker) {
    this.renewal = renewal;
    this.threads = threads;
    this.shortage = new ThreadShortage("leases cannot be renewed, so none is taken", nanoTicker);
  }

  /**
   * Sees to it that leases of a time to live are renewed; to be called when there is one.
   *
   * @return false if no thread can be started
   */
  boolean isBeating(Duration timeToLive) {
    Thread thread = beating;
    if (thread == null && shortage.isFresh()) {
      return false;
    }
    try {
      if (thread == null || timeToLive.toNanos() < shortestNanos) {
        begin(timeToLive.toNanos());
      }
      return true;
    } catch (OutOfMemoryError e) { // the limit of threads; whoever wants a lease does without
      shortage.note(e);
      return false;
    } catch (Throwable e) { // such as the end of the caller's stack, which says nothing of others
      LOG.debug("leases are not renewed yet, so this one is not taken", e);
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
      shortage.end();
    }
  }

  private void run() {
    try {
      for (int idle = 0; !isOver(idle); ) {
        LockSupport.parkNanos(this, shortestNanos / BEATS_PER_LIFE);
        idle = isRenewed() ? 0 : idle + 1;
      }
    } finally {
      forget(Thread.currentThread()); // after an error the next lease begins another thread
    }
  }

  /** After a failure there may be leases to renew, which are renewed by the next beat; a row is logged once. */
  private boolean isRenewed() {
    try {
      boolean renewed = renewal.getAsBoolean();
      fails = false;
      return renewed;
    } catch (RuntimeException | Error e) { // others would take what is held
      noteFailure(e);
      return true;
    }
  }

  private void noteFailure(Throwable reason) {
    if (!fails) {
      fails = true;
      LOG.error("leases could not be renewed; it is tried again", reason);
    }
  }

  /** The last look is under no lock: it may wait for the disk, and others must not wait with it. */
  private boolean isOver(int idle) {
    return isLeft(idle) && (ended || !isRenewed() || !isResumed());
  }

  /** Before the last look, so that a lease that comes later begins another thread. */
  private synchronized boolean isLeft(int idle) {
    boolean left = ended || idle >= IDLE_BEATS;
    if (left) {
      beating = null;
    }
    return left;
  }

  /** False if all is over, or if a lease that came during the last look has begun another thread. */
  private synchronized boolean isResumed() {
    boolean resumed = !ended && beating == null;
    if (resumed) {
      beating = Thread.currentThread();
    }
    return resumed;
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
