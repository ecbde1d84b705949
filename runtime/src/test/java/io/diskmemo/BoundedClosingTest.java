package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is closed on a disk that does not answer. */
@Timeout(60)
class BoundedClosingTest {
  private final BoundedClosing closing = new BoundedClosing();

  @Test
  void goesOnWithoutTheCaller() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    boolean done = closing.isDone(
        () -> {
          try {
            answers.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        Duration.ofMillis(1));

    assertThat(done).isFalse();
    assertThat(closing.gone()).isNotDone();
    answers.countDown();
    Threads.result(closing.gone());
  }

  @Test
  void failsAsWhatItCloses() {
    assertThatThrownBy(() -> closing.isDone(
            () -> {
              throw new IllegalStateException("of the disk");
            },
            Duration.ofMinutes(1)))
        .hasMessage("of the disk");
    assertThat(closing.gone()).isDone();
  }
}
