package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.internal.memory.Result;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution of early refreshes. */
class FreshnessTest {
  private static final Duration COST = Duration.ofSeconds(2);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  /** Of many draws, the part that is due when so much time is left. */
  private double dueWith(double beta, Duration left) {
    Random random = new Random(42);
    Freshness freshness =
        new Freshness(beta, Duration.ZERO, Duration.ZERO, clock, random::nextDouble);
    try (KindStore store = KindStores.open(directory, "default", 1 << 20, clock)) {
      Key key = Key.of(new byte[32]);
      Remembered<String> entry = new Remembered<>(
          key,
          new RowIdentity(1, 1),
          store.coherence(key),
          0,
          clock.millis() + left.toMillis(),
          COST.toNanos(),
          new Result.Shared<>("x", 1));
      int due = 0;
      for (int i = 0; i < 20_000; i++) {
        due += freshness.isDue(entry) ? 1 : 0;
      }
      return due / 20_000.0;
    }
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
