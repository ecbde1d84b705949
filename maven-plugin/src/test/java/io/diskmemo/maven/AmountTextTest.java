package io.diskmemo.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "102348, 99.9 KiB",
    "102400, 100 KiB",
    "1048063, 1023 KiB",
    "1048064, 1 MiB",
    "1073741824, 1 GiB",
    "9223372036854775807, 8 EiB"
  })
  void bytesHaveThreeDigitsAndAUnit(long bytes, String text) {
    assertThat(AmountText.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.0009S, 0ms",
    "PT0.999S, 999ms",
    "PT1S, 1s",
    "PT1.26S, 1.2s",
    "PT59.999S, 59.9s",
    "PT1M, 1m",
    "PT3M20S, 3m 20s",
    "PT2H5M59S, 2h 5m",
    "P1D, 1d",
    "P3DT4H, 3d 4h"
  })
  void durationsHaveTheTwoLargestUnits(Duration duration, String text) {
    assertThat(AmountText.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "99999, '99,999'",
    "100000, 100k",
    "999499, 999k",
    "999500, 1M",
    "1234567, 1.2M",
    "9223372036854775807, 9.2E"
  })
  void largeCountsAreRounded(long count, String text) {
    assertThat(AmountText.rounded(count)).isEqualTo(text);
  }

  @Test
  void countsAreExact() {
    assertThat(AmountText.count(1_234_567)).isEqualTo("1,234,567");
  }
}
