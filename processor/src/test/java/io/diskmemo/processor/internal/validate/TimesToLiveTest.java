package io.diskmemo.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.processor.internal.model.Expiry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesToLiveTest {
  private static final String ACCEPTED =
      "a ttl is \"90s\", \"15m\", \"12h\", \"30d\", \"4w\", an ISO-8601 duration such as \"PT15M\","
          + " or \"never\"";

  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "15m, PT15M",
    "12h, PT12H",
    "30d, PT720H",
    "4w, PT672H",
    "007d, PT168H",
    "PT15M, PT15M",
    "P30D, PT720H",
    "pt0.5s, PT0.5S",
  })
  void durations(String ttl, Duration duration) {
    assertThat(TimesToLive.parse(ttl)).isEqualTo(new Expiry.After(duration));
  }

  @Test
  void otherExpiries() {
    assertThat(TimesToLive.parse("")).isEqualTo(new Expiry.OfKind());
    assertThat(TimesToLive.parse("never")).isEqualTo(new Expiry.Never());
  }

  @ParameterizedTest
  @CsvSource({
    "30 days, 30d",
    "' 30d', 30d",
    "30D, 30d",
    "1 week, 1w",
    "5min, 5m",
    "10 SECS, 10s",
    "2hrs, 2h",
    "Never, never",
    "forever, never",
  })
  void misspelledOnesAreRespelled(String ttl, String meant) {
    assertThatThrownBy(() -> TimesToLive.parse(ttl))
        .hasMessage(
            "[DiskMemo-BadTtl] ttl \"%s\" is not a duration; did you mean \"%s\"? %s",
            ttl, meant, ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"30", "d", "1y", "500ms", "1.5h", "P1M", "PT", "-30d", "1d12h", "soon", " "})
  void othersAreToldWhatIsAccepted(String ttl) {
    assertThatThrownBy(() -> TimesToLive.parse(ttl))
        .hasMessage("[DiskMemo-BadTtl] ttl \"%s\" is not a duration; %s", ttl, ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "00d", "PT0S", "PT-5M", "-PT5M"})
  void notPositive(String ttl) {
    assertThatThrownBy(() -> TimesToLive.parse(ttl))
        .hasMessage(
            "[DiskMemo-BadTtl] ttl \"%s\" is not positive, so that nothing would ever be found; %s",
            ttl, ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.0009S", "PT0.000000001S"})
  void tooShort(String ttl) {
    assertThatThrownBy(() -> TimesToLive.parse(ttl))
        .hasMessage(
            "[DiskMemo-BadTtl] ttl \"%s\" is less than a millisecond, so that nothing would ever be"
                + " found; %s",
            ttl, ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "293000d",
        "9223372036854775807w",
        "99999999999999999999s",
        "PT99999999999999999999S"
      })
  void tooLong(String ttl) {
    assertThatThrownBy(() -> TimesToLive.parse(ttl))
        .hasMessage(
            "[DiskMemo-BadTtl] ttl \"%s\" is longer than 292 years; did you mean \"never\"?", ttl);
  }
}
