package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that answers or not, as it is told; each answer is old when the next is wanted. */
final class StallingDisk implements AutoCloseable {
  private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  private final AtomicLong now = new AtomicLong();
  private final Threads threads = new Threads();
  private final MappedWrites writes =
      new MappedWrites(this::await, MILLISECOND, () -> now.addAndGet(MILLISECOND));
  private volatile CountDownLatch asked = new CountDownLatch(0);
  private volatile CountDownLatch answer = new CountDownLatch(0);

  MappedWrites writes() {
    return writes;
  }

  private void await() {
    asked.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does not answer from now on; a thread of this waits for that. */
  Future<Boolean> stall() throws InterruptedException {
    stallForNext();
    Future<Boolean> held = threads.begin(writes::areTaken);
    awaitAsked();
    return held;
  }

  /** Does not answer from now on; whoever asks next waits for that. */
  void stallForNext() {
    asked = new CountDownLatch(1);
    answer = new CountDownLatch(1);
  }

  /** Waits until somebody asks. */
  void awaitAsked() throws InterruptedException {
    asked.await();
  }

  /** Answers again, and has answered whoever waited. */
  void answer(Future<?> held) throws Exception {
    answer.countDown();
    Threads.result(held);
  }

  @Override
  public void close() {
    answer.countDown();
    threads.close();
  }
}
