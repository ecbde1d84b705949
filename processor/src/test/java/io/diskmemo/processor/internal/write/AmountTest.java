package io.diskmemo.processor.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {

  @ParameterizedTest
  @CsvSource({
    "PT720H, 30, Days",
    "PT36H, 36, Hours",
    "PT15M, 15, Minutes",
    "PT90S, 90, Seconds",
    "PT0.5S, 500, Millis",
    "PT0.000000001S, 1, Nanos",
  })
  void largestUnitIsTaken(Duration duration, long count, String unit) {
    assertThat(Amount.of(duration)).isEqualTo(new Amount(count, unit));
  }

  @Test
  void largeCountsAreLongs() {
    assertThat(Amount.of(Duration.ofSeconds(1)).literal()).isEqualTo("1");
    assertThat(Amount.of(Duration.ofSeconds(5_000_000_001L)).literal()).isEqualTo("5000000001L");
  }
}
