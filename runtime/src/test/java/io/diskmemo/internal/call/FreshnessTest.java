package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskmemo.testkit.TestClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The distribution of early refreshes. */
class FreshnessTest {
  private static final Duration COST = Duration.ofSeconds(2);

  private final TestClock clock = new TestClock();

  /** Of many draws, the part that is due when so much time is left. */
  private double dueWith(double beta, Duration left) {
    Random random = new Random(42);
    Freshness freshness =
        new Freshness(beta, Duration.ZERO, Duration.ZERO, clock, random::nextDouble);
    End end = new End(clock.millis() + left.toMillis(), COST.toNanos());
    int due = 0;
    for (int i = 0; i < 20_000; i++) {
      due += freshness.isDue(end) ? 1 : 0;
    }
    return due / 20_000.0;
  }

  /** The probability is exp(-left / (cost * beta)). */
  @Test
  void probabilityGrowsAsThePaperHasIt() {
    assertThat(dueWith(1, COST)).isCloseTo(Math.exp(-1), within(0.02));
    assertThat(dueWith(1, COST.multipliedBy(3))).isCloseTo(Math.exp(-3), within(0.02));
    assertThat(dueWith(2, COST.multipliedBy(2))).isCloseTo(Math.exp(-1), within(0.02));
    assertThat(dueWith(1, Duration.ZERO)).isEqualTo(1);
    assertThat(dueWith(0, COST)).isZero();
  }
}
