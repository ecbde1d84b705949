package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final long CENTURY_NANOS = Duration.ofDays(36_524).toNanos();

  private final Counters counters = new Counters();

  /** Some millions of hits of a computation of ten minutes made it negative. */
  @Test
  void timeSavedGrowsBeyondThreeCenturies() {
    for (int i = 0; i < 10; i++) {
      counters.memoryHit(CENTURY_NANOS);
      counters.diskHit(CENTURY_NANOS);
    }

    assertThat(counters.timeSaved()).isEqualTo(Duration.ofDays(20 * 36_524));
    Map<String, Long> increments = counters.take();
    assertThat(increments).hasSize(3);
    assertThat(Counters.timeSavedIn(increments)).isEqualTo(counters.timeSaved());
  }

  @Test
  void timeSavedIsExactWhereItIsShort() {
    counters.memoryHit(1);
    counters.diskHit(999_999_999_999_998L);

    assertThat(counters.timeSaved()).isEqualTo(Duration.ofNanos(999_999_999_999_999L));
  }

  @Test
  void partsOfMicrosecondsAddUpInTheTotals() {
    for (int i = 0; i < 4; i++) {
      counters.memoryHit(250);
      assertThat(counters.take()).hasSize(i == 3 ? 2 : 1);
    }
  }

  @Test
  void whatIsGivenBackIsTakenAgain() {
    counters.memoryHit(5000);
    Map<String, Long> increments = counters.take();
    assertThat(counters.take()).isEmpty();
    counters.giveBack(increments);

    assertThat(counters.take()).isEqualTo(increments);
  }
}
