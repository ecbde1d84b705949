package io.diskmemo.internal.resilience;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a process that looks after the disks of its kinds. It never touches a disk itself,
 * so that one which does not answer keeps nobody else waiting. It begins with the first kind and ends
 * after the last.
 */
final class HealthThread {
  private static final List<Watched> WATCHED = new CopyOnWriteArrayList<>();
  private static volatile @Nullable Thread thread; // written under the lock of this class

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

  static synchronized void begin(Watched watched) {
    WATCHED.add(watched);
    if (thread == null) {
      Thread begun = new Thread(HealthThread::run, "diskmemo-health");
      begun.setDaemon(true);
      thread = begun;
      begun.start();
    }
  }

  static void end(Watched watched) {
    WATCHED.remove(watched);
    lookNow();
  }

  /** Has everybody look soon. */
  static void lookNow() {
    LockSupport.unpark(thread); // nobody if it is null
  }

  private static void run() {
    try {
      while (!isOver()) {
        LockSupport.parkNanos(HealthThread.class, nanosToNextLook());
      }
    } finally {
      forget(); // after an error the next kind begins another thread
    }
  }

  private static long nanosToNextLook() {
    long next = Long.MAX_VALUE;
    for (Watched watched : WATCHED) {
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
}
