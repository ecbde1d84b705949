package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private static final int THREADS = 16;
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Hands a work over until a thread has begun it: what a pause of the machine calls back, again. */
  private static void occupy(Handover handover, CountDownLatch end, AtomicInteger begun) {
    AtomicBoolean isBegun = new AtomicBoolean();
    Runnable work = () -> {
      isBegun.set(true);
      begun.incrementAndGet();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
    while (!isBegun.get()) {
      handover.await(work, () -> end.getCount() > 0, 0, () -> false);
    }
  }

  /** A hundred callers waited seven times the timeout for a lock that another process held. */
  @Test
  void whatIsNotBegunWithinTheTimeoutIsCalledBack() throws Exception {
    Handover handover = new Handover("test", Duration.ofMillis(20));
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    try (Threads threads = new Threads()) {
      threads.begin(THREADS, () -> {
        occupy(handover, end, begun);
        return true;
      });
      Threads.until(() -> begun.get() == THREADS);

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
