package io.diskmemo.internal.call;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that read and write the disk for asynchronous methods. They start when needed, end
 * when idle, and never keep the JVM alive. They run no code of users, so that they cannot wait for
 * each other. Thread-safe.
 */
public final class DiskThreads implements Executor {
  private static final int MOST_THREADS = 4;
  private static final long IDLE_SECONDS = 10;

  private final AtomicInteger made = new AtomicInteger();
  private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
      MOST_THREADS,
      MOST_THREADS,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(),
      this::thread);

  /** No thread yet. */
  public DiskThreads() {
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "diskmemo-disk-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }
}
