package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of the test resources that pins a format. {@code -Dgoldens=write} writes it anew,
 * for a format that never existed before; never for one that a release has written.
 */
final class Golden {
  private static final Path SOURCES = Path.of("src/test/resources/io/diskmemo/goldens");

  private Golden() {}

  static void assertLines(String name, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(SOURCES);
      Files.writeString(SOURCES.resolve(name), text);
      return;
    }
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      assertThat(in).as("the file %s", name).isNotNull();
      assertThat(text.lines())
          .containsExactlyElementsOf(
              new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }
}
