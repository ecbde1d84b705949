package io.diskmemo.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindNamesTest {
  private static final String RULE =
      "is not a name of lower-case letters, digits and hyphens that starts with a letter and has at"
          + " most 64 characters; ";

  @ParameterizedTest
  @ValueSource(strings = {"default", "a", "geo-2", "a--", "com0", "com10", "console"})
  void validNames(String name) {
    assertThat(KindNames.parse(name)).isEqualTo(name);
  }

  @Test
  void longestName() {
    assertThat(KindNames.parse("a".repeat(64))).hasSize(64);
    assertThatThrownBy(() -> KindNames.parse("a".repeat(65)))
        .hasMessageEndingWith(RULE + "choose such a name, or leave it out for \"default\"");
  }

  @ParameterizedTest
  @CsvSource({
    "geoCache, geo-cache",
    "Geo, geo",
    "geo_cache, geo-cache",
    "geo cache!, geo-cache",
    "2nd, nd",
    "-geo, geo",
    "../geo, geo",
  })
  void invalidNamesAreRespelled(String name, String meant) {
    assertThatThrownBy(() -> KindNames.parse(name))
        .hasMessage("[DiskMemo-BadKind] kind \"%s\" %sdid you mean \"%s\"?", name, RULE, meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "\u4e2d", "CON"})
  void invalidNamesWithoutAGuess(String name) {
    assertThatThrownBy(() -> KindNames.parse(name))
        .hasMessage(
            "[DiskMemo-BadKind] kind \"%s\" %schoose such a name, or leave it out for \"default\"",
            name, RULE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"con", "prn", "aux", "nul", "com1", "com9", "lpt1"})
  void devicesOfWindows(String name) {
    assertThatThrownBy(() -> KindNames.parse(name))
        .hasMessage(
            "[DiskMemo-BadKind] kind \"%s\" is the name of a device on Windows; choose another name,"
                + " such as \"%s-data\"",
            name, name);
  }
}
