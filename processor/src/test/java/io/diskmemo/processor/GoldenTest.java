package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole wrappers, to the byte. After an intended change, {@code -Dgoldens.write=true} writes
 * them anew, to be read in review.
 */
class GoldenTest {
  private static final Path GOLDENS =
      Path.of("src/test/resources/io/diskmemo/processor/goldens").toAbsolutePath();

  /** What is wrapped; each source is beside its wrapper. */
  static List<String> names() {
    return List.of(
        "Census",
        "Dictionary",
        "Formula",
        "Geocoder",
        "Layout",
        "Mailer",
        "Polygon",
        "Prices",
        "Primes",
        "Printer",
        "Ranking",
        "Translator",
        "Unit",
        "Weather");
  }

  @ParameterizedTest
  @MethodSource("names")
  void wrapperIsTheGoldenOne(String name) throws IOException {
    String wrapper = wrapperOf(name);
    Path golden = GOLDENS.resolve("Memoized" + name + ".java");
    if (Boolean.getBoolean("goldens.write")) {
      Files.writeString(golden, wrapper);
    }

    assertThat(wrapper).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalSourcesGiveEqualBytes(String name) throws IOException {
    assertThat(wrapperOf(name)).isEqualTo(wrapperOf(name));
  }

  private static String wrapperOf(String name) throws IOException {
    Compiled compiled = name.equals("Weather")
        ? Compiled.strictlyForContainers("jakarta", source(name))
        : Compiled.strictly(source(name));
    return compiled.succeeds().generated("example.Memoized" + name);
  }

  static String source(String name) throws IOException {
    return Files.readString(GOLDENS.resolve(name + ".java"));
  }
}
