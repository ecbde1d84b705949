package io.diskmemo.internal.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that read and write the disk where callers do not wait for it. They start when needed, end
 * when idle, and never keep the JVM alive. Of users' code they run codecs and wait listeners only, so that they do not wait for
 * each other. Thread-safe.
 */
public final class DiskThreads implements Executor {
  private static final long IDLE_SECONDS = 10;

  /** Where stages of the JVM run that name no executor. */
  private static final Executor ELSEWHERE = new CompletableFuture<>().defaultExecutor();

  private final AtomicInteger made = new AtomicInteger();
  private final String name;
  private final ThreadPoolExecutor pool;

  /**
   * No thread yet.
   *
   * @param name of the threads, before their numbers
   * @param most at the same time
   */
  public DiskThreads(String name, int most) {
    this.name = name;
    this.pool = new ThreadPoolExecutor(
        most,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        this::thread,
        (work, ended) -> ELSEWHERE.execute(work));
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, name + "-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Ends the threads once they have nothing left to do. Work that comes later is done elsewhere, and finds
   * that the store is closed: callers wait for what becomes of it.
   */
  public void end() {
    pool.shutdown();
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }
}
