package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.Threads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final Workers workers = new Workers();

  @Test
  void threadThatComputesWorks() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Thread busy = new Thread(() -> {
      while (!ended.get()) {
        Thread.onSpinWait();
      }
    });
    busy.start();
    try {
      workers.works(busy.getId());
      Threads.until(() -> workers.works(busy.getId()));
    } finally {
      ended.set(true);
      busy.join();
    }
  }

  @Test
  void threadThatWaitsDoesNot() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting = new Thread(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    waiting.start();
    try {
      Threads.until(() -> waiting.getState() == Thread.State.WAITING);
      Threads.until(() -> !workers.works(waiting.getId()));
      for (int i = 0; i < 1000; i++) {
        assertThat(workers.works(waiting.getId())).isFalse();
      }
    } finally {
      end.countDown();
      waiting.join();
    }
  }

  /** What took long may be over when it is asked who did it; that must not end the thread that asks. */
  @Test
  void noThreadDoesNot() {
    assertThat(workers.works(0)).isFalse();
    assertThat(workers.works(-1)).isFalse();
    assertThat(workers.works(Long.MAX_VALUE)).as("one that has ended").isFalse();
  }
}
