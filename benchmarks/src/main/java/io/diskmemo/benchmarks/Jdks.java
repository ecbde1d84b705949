package io.diskmemo.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** JDKs of this machine beside the one that runs. */
public final class Jdks {
  /** Where they are looked for. */
  public static final Path HOMES = Path.of("/usr/lib/jvm");

  private static final String NEWEST_LTS = "25";

  private Jdks() {}

  /**
   * The newest with long-term support.
   *
   * @return its home, if there is one
   * @throws IOException if it cannot be looked for
   */
  public static Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(HOMES)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(HOMES)) {
      return homes
          .filter(home -> String.valueOf(home.getFileName()).contains(NEWEST_LTS))
          .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
          .sorted()
          .findFirst();
    }
  }

  /** Who made it, and its whole version; empty where its file of these is missing. */
  static Optional<String> version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(release)) {
      properties.load(in);
    }
    return Stream.of("IMPLEMENTOR", "JAVA_RUNTIME_VERSION")
        .flatMap(name -> Stream.ofNullable(properties.getProperty(name)))
        .map(quoted -> quoted.replace("\"", ""))
        .reduce((one, other) -> one + " " + other);
  }
}
