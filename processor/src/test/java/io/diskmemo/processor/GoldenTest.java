package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole wrappers, to the byte. After an intended change, {@code -Dgoldens.write=true} writes
 * them anew, to be read in review.
 */
class GoldenTest {
  private static final Path GOLDENS =
      Path.of("src/test/resources/io/diskmemo/processor/goldens").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"Geocoder", "Census", "Translator", "Prices"})
  void wrapperIsTheGoldenOne(String name) throws IOException {
    String wrapper = wrapperOf(name);
    Path golden = GOLDENS.resolve("Memoized" + name + ".java");
    if (Boolean.getBoolean("goldens.write")) {
      Files.writeString(golden, wrapper);
    }

    assertThat(wrapper).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Geocoder", "Census", "Translator", "Prices"})
  void equalSourcesGiveEqualBytes(String name) throws IOException {
    assertThat(wrapperOf(name)).isEqualTo(wrapperOf(name));
  }

  private static String wrapperOf(String name) throws IOException {
    String source = Files.readString(GOLDENS.resolve(name + ".java"));
    return Compiled.strictly(source).succeeds().generated("example.Memoized" + name);
  }
}
