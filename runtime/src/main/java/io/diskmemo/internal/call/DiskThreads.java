package io.diskmemo.internal.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that read and write the disk where callers do not wait for it. They start when needed, end
 * when idle, and never keep the JVM alive. Of users' code they run codecs and wait listeners only, so that
 * they do not wait for each other; but {@link #apart}. Thread-safe.
 *
 * <p>Where the system has no further thread, those that there are do the work one after another; a
 * {@link java.util.concurrent.ThreadPoolExecutor} would throw although one of its threads is idle.
 */
public final class DiskThreads implements Executor {
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Whose work the present thread does, unless it does other work in between. */
  private static final ThreadLocal<@Nullable DiskThreads> AT_WORK = new ThreadLocal<>();

  /** What the present thread is to do apart, while it does what only it can do. */
  private static final ThreadLocal<@Nullable Deque<Runnable>> NEXT_APART = new ThreadLocal<>();

  private final String name;
  private final int most;
  private final ThreadFactory threads;
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private int begun; // guarded by this; for their names
  private int alive; // guarded by this
  private int idle; // guarded by this
  private boolean ended; // guarded by this

  /**
   * No thread yet.
   *
   * @param name of the threads, before their numbers
   * @param most at the same time, but for those that come back from other work
   */
  public DiskThreads(String name, int most) {
    this(name, most, Thread::new);
  }

  DiskThreads(String name, int most, ThreadFactory threads) {
    this.name = name;
    this.most = most;
    this.threads = threads;
  }

  /**
   * Has it done by one of the threads, or elsewhere once they have ended.
   *
   * @throws OutOfMemoryError if there is no thread, and the system gives none; then it is not done
   */
  @Override
  public void execute(Runnable work) {
    if (!isTaken(work)) {
      OrHere.ELSEWHERE.execute(work);
    }
  }

  private synchronized boolean isTaken(Runnable work) {
    if (ended) {
      return false;
    }
    waiting.add(work);
    if (waiting.size() <= idle) {
      notifyAll();
    } else if (alive < most) {
      begin();
    }
    return true;
  }

  private synchronized void begin() {
    try {
      Thread thread = threads.newThread(this::run);
      thread.setName(name + "-" + (begun + 1));
      thread.setDaemon(true);
      thread.start(); // and waits for this lock
      begun++;
      alive++;
    } catch (OutOfMemoryError e) {
      if (alive == 0) {
        waiting.removeLast();
        throw e;
      }
    }
  }

  private void run() {
    boolean over = false;
    AT_WORK.set(this);
    try {
      for (Runnable work = next(); work != null; work = next()) {
        done(work);
      }
      over = true;
    } finally {
      if (!over) {
        forget(); // after an error of its own
      }
    }
  }

  /**
   * Does work that may wait for further work of disks: a thread that is here for it counts as none
   * meanwhile, and leaves nothing behind that only it could do. What comes of that is done apart too,
   * one after another.
   */
  static void apart(Runnable work) {
    Deque<Runnable> next = NEXT_APART.get();
    DiskThreads own = AT_WORK.get();
    if (next != null) {
      next.add(work);
    } else if (own != null) {
      own.lend(work);
    } else {
      work.run();
    }
  }

  private void lend(Runnable work) {
    Deque<Runnable> apart = new ArrayDeque<>();
    apart.add(work);
    leave();
    try {
      NEXT_APART.set(apart);
      for (Runnable left = nextIfNobody(); left != null; left = nextIfNobody()) {
        done(left);
      }
    } finally {
      NEXT_APART.remove();
      AT_WORK.remove();
      try {
        doAll(apart);
      } finally {
        AT_WORK.set(this);
        comeBack();
      }
    }
  }

  /** Whatever becomes of one, somebody waits for the next. */
  private static void doAll(Deque<Runnable> works) {
    Throwable ofAHandler = null;
    for (Runnable work = works.poll(); work != null; work = works.poll()) {
      try {
        done(work);
      } catch (RuntimeException | Error e) {
        ofAHandler = e;
      }
    }
    if (ofAHandler != null) {
      throw Rethrown.unchanged(ofAHandler);
    }
  }

  private synchronized void leave() {
    alive--;
  }

  /** Null if a thread is there for what waits; nothing is added while there is none. */
  private synchronized @Nullable Runnable nextIfNobody() {
    return alive == 0 ? waiting.poll() : null;
  }

  private synchronized void comeBack() {
    alive++;
  }

  /** An error of one piece of work is not one of the next. */
  private static void done(Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      Thread.interrupted(); // whoever was meant, it was not the next
    }
  }

  /** Null if there was nothing for a while; then the thread counts no more. */
  private synchronized @Nullable Runnable next() {
    long deadline = System.nanoTime() + IDLE_NANOS;
    while (waiting.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        alive--;
        return null;
      }
      await(left);
    }
    return waiting.poll();
  }

  private synchronized void await(long nanos) {
    idle++;
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      return; // it looks again; nobody ends these threads so
    } finally {
      idle--;
    }
  }

  /** What waits is done by another, if there is nobody else for it. */
  private synchronized void forget() {
    alive--;
    Runnable last = waiting.peekLast();
    if (last != null && !ended) {
      try {
        begin();
      } catch (OutOfMemoryError e) {
        waiting.add(last); // until somebody has more to do
      }
    }
  }

  /**
   * The same threads, for work that somebody waits for.
   *
   * @return an executor that does it in the present thread where there is no other
   */
  public OrHere orHere() {
    return new OrHere(this);
  }

  /**
   * Ends the threads once they have nothing left to do. Work that comes later is done elsewhere, and finds
   * that the store is closed: callers wait for what becomes of it.
   */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }
}
