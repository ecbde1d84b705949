package io.diskmemo.internal.resilience;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a process that looks after the disks of its kinds. It never touches a disk itself,
 * so that one which does not answer keeps nobody else waiting; and a look that fails is made again, and
 * keeps none of the others from theirs. It begins with the first kind and ends after the last. Where the
 * system has no thread for it, it begins when somebody uses a disk later.
 */
final class HealthThread {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final List<Guarded> WATCHED = new CopyOnWriteArrayList<>();
  private static volatile @Nullable Thread thread; // written under the lock of this class
  private static long failedNanos; // guarded by this class
  private static boolean hasFailed; // guarded by this class

  private HealthThread() {}

  /** Somebody who wants to look now and then. */
  interface Watched {
    /**
     * Looks, and begins elsewhere what is to be done.
     *
     * @return nanoseconds until the next look, positive
     */
    long look();
  }

  static void begin(Watched watched) {
    WATCHED.add(new Guarded(watched));
    beginThread();
  }

  private static synchronized void beginThread() {
    if (thread != null || WATCHED.isEmpty() || isTooEarly()) {
      return;
    }
    Thread begun = new Thread(HealthThread::run, "diskmemo-health");
    begun.setDaemon(true);
    try {
      begun.start(); // and waits for this lock
      thread = begun;
      hasFailed = false;
    } catch (OutOfMemoryError e) {
      noteFailure(e);
    }
  }

  /** Asking for a thread in vain is not cheap, and the JVM says so each time. */
  private static boolean isTooEarly() {
    return hasFailed && System.nanoTime() - failedNanos < PAUSE_NANOS;
  }

  private static void noteFailure(OutOfMemoryError e) {
    if (!hasFailed) {
      ConditionLog.LOG.warn("nobody looks after the disks until there is a thread for it", e);
    }
    hasFailed = true;
    failedNanos = System.nanoTime();
  }

  static void end(Watched watched) {
    WATCHED.removeIf(guarded -> guarded.watched.equals(watched));
    lookNow();
  }

  /** Whether there should be a thread and is none. */
  static boolean isMissing() {
    return thread == null;
  }

  /** Has everybody look soon. */
  static void lookNow() {
    Thread present = thread;
    if (present == null) {
      beginThread();
    } else {
      LockSupport.unpark(present);
    }
  }

  private static void run() {
    try {
      while (!isOver()) {
        LockSupport.parkNanos(HealthThread.class, nanosToNextLook());
      }
    } finally {
      forget(); // after an error the next use of a disk begins another thread
    }
  }

  private static long nanosToNextLook() {
    long next = Long.MAX_VALUE;
    for (Guarded watched : WATCHED) {
      next = Math.min(next, watched.look());
    }
    return next;
  }

  private static synchronized boolean isOver() {
    if (WATCHED.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }

  private static synchronized void forget() {
    if (Thread.currentThread().equals(thread)) {
      thread = null;
    }
  }

  /** One that is looked after. */
  private static final class Guarded {
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Watched watched;
    private boolean fails; // of the health thread

    Guarded(Watched watched) {
      this.watched = watched;
    }

    /** A row of failures is logged once. */
    long look() {
      try {
        long next = watched.look();
        fails = false;
        return next;
      } catch (RuntimeException | Error e) {
        if (!fails) {
          fails = true;
          ConditionLog.LOG.error("a kind's disk cannot be looked after; it is tried again", e);
        }
        return AGAIN_NANOS;
      }
    }
  }
}
