package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The renewal of leases where it fails, or has no thread. */
@Timeout(60)
class HeartbeatTest {
  private static final Duration SHORT = Duration.ofMillis(3);
  private static final int IDLE_BEATS = 10;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  /** The thread ended, and what was held was no longer renewed. */
  @Test
  void beatThatFailsIsFollowedByAnother() {
    AtomicInteger threads = new AtomicInteger();
    Heartbeat heartbeat = new Heartbeat(this::failsTwice, counting(threads), nanos::get);
    try {
      assertThat(heartbeat.isBeating(SHORT)).isTrue();
      Threads.until(() -> beats.get() > 3);

      assertThat(threads).hasValue(1);
    } finally {
      heartbeat.end();
    }
  }

  private boolean failsTwice() {
    if (beats.incrementAndGet() < 3) {
      throw new OutOfMemoryError("Java heap space");
    }
    return true;
  }

  private static ThreadFactory counting(AtomicInteger threads) {
    return work -> {
      threads.incrementAndGet();
      return new Thread(work);
    };
  }

  @Test
  void whereThereIsNoThreadItIsAskedForSeldom() {
    Heartbeat heartbeat = new Heartbeat(() -> true, this::none, nanos::get);
    for (int i = 0; i < 100; i++) {
      assertThat(heartbeat.isBeating(SHORT)).isFalse();
    }
    assertThat(asked).hasValue(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(heartbeat.isBeating(SHORT)).isFalse();
    assertThat(asked).hasValue(2);
  }

  /** A deep recursion kept all other threads from taking leases for a second. */
  @Test
  void endOfACallersStackSaysNothingOfThreads() {
    ThreadFactory once = work -> {
      if (asked.incrementAndGet() == 1) {
        throw new StackOverflowError();
      }
      return new Thread(work);
    };
    Heartbeat heartbeat = new Heartbeat(() -> true, once, nanos::get);
    try {
      assertThat(heartbeat.isBeating(SHORT)).isFalse();
      assertThat(heartbeat.isBeating(SHORT)).isTrue();
    } finally {
      heartbeat.end();
    }
  }

  /** It held the lock that the end needs, while it waited for the disk. */
  @Test
  void lastLookThatWaitsForTheDiskHoldsUpNeitherTheEndNorANewLease() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Heartbeat heartbeat = new Heartbeat(() -> isAnswered(answer), counting(begun), nanos::get);
    try (Threads threads = new Threads()) {
      assertThat(heartbeat.isBeating(SHORT)).isTrue();
      Threads.until(() -> beats.get() == IDLE_BEATS + 1);

      assertThat(Threads.result(threads.begin(() -> heartbeat.isBeating(SHORT))))
          .isTrue();
      assertThat(begun).hasValue(2);
      Threads.result(threads.begin(() -> {
        heartbeat.end();
        return true;
      }));
    } finally {
      answer.countDown();
    }
  }

  /** Nothing is held for so long that the next look is the last, which the disk does not answer. */
  private boolean isAnswered(CountDownLatch answer) {
    if (beats.incrementAndGet() == IDLE_BEATS + 1) {
      Threads.until(() -> answer.getCount() == 0);
    }
    return false;
  }

  @Test
  void lastLookThatFindsALeaseGoesOn() {
    AtomicInteger begun = new AtomicInteger();
    Heartbeat heartbeat =
        new Heartbeat(() -> beats.incrementAndGet() > IDLE_BEATS, counting(begun), nanos::get);
    try {
      assertThat(heartbeat.isBeating(SHORT)).isTrue();
      Threads.until(() -> beats.get() > IDLE_BEATS + 3);

      assertThat(heartbeat.isBeating(SHORT)).isTrue();
      assertThat(begun).hasValue(1);
    } finally {
      heartbeat.end();
    }
  }

  private Thread none(Runnable work) {
    asked.incrementAndGet();
    throw new OutOfMemoryError("unable to create native thread");
  }
}
