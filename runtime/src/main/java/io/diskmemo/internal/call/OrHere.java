package io.diskmemo.internal.call;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
  static final OrHere ELSEWHERE = new OrHere(new CompletableFuture<>().defaultExecutor());

  private static final int LOOKS = 1_000;

  private final Executor others;
  private final Set<Once> queued = ConcurrentHashMap.newKeySet();

  OrHere(Executor others) {
    this.others = others;
  }

  @Override
  public void execute(Runnable work) {
    Once once = new Once(work);
    try {
      handOver(once);
    } catch (OutOfMemoryError e) { // the limit of threads; work that fails of it says so itself
      DiskThreads.apart(once);
      doWhatNobodyWill();
    }
  }

  /** The same threads, for work that nobody waits for: they throw that there is none, as they are. */
  Executor orNever() {
    return others;
  }

  private void handOver(Once once) {
    if (others instanceof ForkJoinPool pool) {
      handOver(once, pool);
    } else {
      others.execute(once);
    }
  }

  /**
   * A pool asks for a thread only if nothing is queued where it queues this; so what waits there in vain
   * would keep all others waiting.
   */
  private void handOver(Once once, ForkJoinPool pool) {
    ForkJoinTask<?> task = ForkJoinTask.adapt(once);
    queued.add(once);
    try {
      pool.execute(task);
      if (!once.isBegun() && isWithoutThreads(pool)) {
        task.tryUnfork();
        begin(once);
      }
    } catch (RuntimeException | Error e) { // who hears of it sees to the work
      queued.remove(once);
      task.tryUnfork();
      throw e;
    }
  }

  /** What others queued while the pool counted a thread that then could not be had. */
  private void doWhatNobodyWill() {
    if (others instanceof ForkJoinPool pool && isWithoutThreads(pool)) {
      queued.forEach(DiskThreads::apart);
    }
  }

  private static void begin(Once once) {
    Thread thread = new Thread(once, "diskmemo-elsewhere");
    thread.setDaemon(true);
    thread.start();
  }

  /** Another thread may have queued something, and be about to ask; then a thread too many is begun. */
  private static boolean isWithoutThreads(ForkJoinPool pool) {
    for (int look = 0; look < LOOKS; look++) {
      if (pool.getPoolSize() > 0) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** A pool that throws because it got no thread may keep the work all the same, for a thread it has. */
  private final class Once implements Runnable {
    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable work) {
      this.work = work;
    }

    boolean isBegun() {
      return begun.get();
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        queued.remove(this);
        work.run();
      }
    }
  }
}
