package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.Threads;
import org.junit.jupiter.api.Test;

class UnderwayTest {
  private static final long NOW = 1_000;
  private static final long NONE = 0;

  private final Underway underway = new Underway();

  @Test
  void threadOfTheLongestIsItsOwn() throws Exception {
    try (Threads threads = new Threads()) {
      long first = Threads.result(threads.begin(() -> {
        underway.begin(NOW - 20);
        return Thread.currentThread().getId();
      }));
      underway.begin(NOW - 10);

      assertThat(underway.longestNanos(NOW)).isEqualTo(20);
      assertThat(underway.threadOfLongest(NOW)).isEqualTo(first);
    }
  }

  /** It was the last one that began in the first place, or nobody of all. */
  @Test
  void whereNoneIsUnderWayThereIsNoThread() {
    assertThat(underway.threadOfLongest(NOW)).isEqualTo(NONE);
    for (int i = 0; i < 64; i++) { // one in each place
      underway.begin(NOW - 10);
    }
    for (int i = 0; i < 64; i++) {
      underway.end(i * 8);
    }

    assertThat(underway.longestNanos(NOW)).isZero();
    assertThat(underway.threadOfLongest(NOW)).isEqualTo(NONE);
  }

  @Test
  void moreThanThereArePlacesForAreNotNoted() {
    for (int i = 0; i < 64; i++) {
      assertThat(underway.begin(NOW)).isNotNegative();
    }
    assertThat(underway.begin(NOW)).isNegative();
  }
}
