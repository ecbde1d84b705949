package io.diskmemo.internal.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SEED = 20_261_121;
  private static final int TRIALS = 20_000;
  private static final long LONGEST_MICROS = Duration.ofDays(100).toNanos() / 1000;

  private final Random random = new Random(SEED);

  @Test
  void nearlyFullBucketOfTheLargestRateFills() {
    Rate rate = Rate.of(1_000_000, Duration.ofDays(100));
    TokenBucket later =
        TokenBucket.full(rate, 0).taken().orElseThrow().at(LONGEST_MICROS / 10, rate);

    assertThat(later.credit()).isEqualTo(rate.fullCredit());
  }

  /** In numbers of any size, whatever the rate, the credit and the clock. */
  @Test
  void creditIsWhatTheTimeBringsAndAtMostFull() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Rate rate = rate();
      long credit = upTo(rate.fullCredit());
      long began = upTo(4_000_000_000_000_000L);
      long now = Math.max(0, began + upTo(2 * LONGEST_MICROS) - LONGEST_MICROS / 10);
      BigInteger brought =
          BigInteger.valueOf(Math.max(0, now - began)).multiply(BigInteger.valueOf(rate.permits()));
      BigInteger expected = BigInteger.valueOf(credit)
          .add(brought)
          .min(
              BigInteger.valueOf(rate.permits()).multiply(BigInteger.valueOf(rate.periodMicros())));

      TokenBucket later = new TokenBucket(rate, credit, began).at(now, rate);
      assertThat(later.credit())
          .as("%s, %s, %s", rate, credit, now - began)
          .isEqualTo(expected.longValueExact());
      assertThat(later.atMicros()).isEqualTo(now);
      assertThat(later.microsToNext() == 0).isEqualTo(later.taken().isPresent());
    }
  }

  /** Small and large numbers are equally likely, and so are those next to the limits. */
  private long upTo(long most) {
    long any = Math.floorMod(random.nextLong(), most) >> random.nextInt(40);
    return random.nextInt(3) == 0 ? most - any : any;
  }

  private Rate rate() {
    int permits = (int) (1 + upTo(999_999));
    long micros = Math.max(1000, upTo(LONGEST_MICROS));
    return Rate.of(permits, Duration.ofNanos(micros * 1000));
  }
}
