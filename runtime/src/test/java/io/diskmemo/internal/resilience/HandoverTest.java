package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private static final int THREADS = 16;
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Runnable waitingFor(CountDownLatch end, CountDownLatch begun) {
    return () -> {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** A hundred callers waited seven times the timeout for a lock that another process held. */
  @Test
  void whatIsNotBegunWithinTheTimeoutIsCalledBack() throws Exception {
    Handover handover = new Handover("test", Duration.ofMillis(20));
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(THREADS);
    AtomicBoolean done = new AtomicBoolean();
    try (Threads threads = new Threads()) {
      threads.begin(THREADS, () -> {
        handover.await(waitingFor(end, begun), () -> end.getCount() > 0, 0, () -> false);
        return true;
      });
      begun.await();

      Threads.result(threads.begin(() -> {
        handover.await(() -> done.set(true), () -> !done.get(), 0, () -> false);
        return true;
      }));
      end.countDown();
      assertThat(handover.isEnded(LONG.toNanos())).isTrue();
      assertThat(done).isFalse();
    }
  }

  /** The caller got the error in place of the result. */
  @Test
  void whatNoThreadCanDoIsNotDone() {
    ThreadFactory none = work -> {
      throw new OutOfMemoryError("unable to create native thread");
    };
    Handover handover = new Handover(LONG, none);
    AtomicBoolean done = new AtomicBoolean();

    assertThatCode(() ->
            handover.await(() -> done.set(true), () -> !done.get(), LONG.toNanos(), () -> false))
        .doesNotThrowAnyException();

    assertThat(done).isFalse();
  }
}
