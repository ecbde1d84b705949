package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An installed JDK, whose tools run in processes of their own. */
final class Jdk {
  private static final long MOST_SECONDS = 120;

  private final Path home;

  private Jdk(Path home) {
    this.home = home;
  }

  static Jdk ofThisProcess() {
    return new Jdk(Path.of(System.getProperty("java.home")));
  }

  /**
   * The one of a release that {@code JAVA_HOME_25} names, or that is where Linux has them; without
   * one, the test is skipped.
   */
  static Jdk ofRelease(int release) throws IOException {
    if (Runtime.version().feature() == release) {
      return ofThisProcess();
    }
    Optional<Path> home = home(release);
    assumeTrue(
        home.isPresent(),
        "no JDK " + release + " in JAVA_HOME_" + release + " or below /usr/lib/jvm");
    return new Jdk(home.orElseThrow());
  }

  private static Optional<Path> home(int release) throws IOException {
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv("JAVA_HOME_" + release);
    if (named != null) {
      candidates.add(Path.of(named));
    }
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(installed, "*" + release + "*")) {
        homes.forEach(candidates::add);
      }
    }
    return candidates.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
        .findFirst();
  }

  /** What a tool prints, which has to succeed. */
  String run(Path directory, String tool, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, tool, ".txt");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(tool).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("DISKMEMO_"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("end in time")
          .isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as("exit of %s: %s", command, printed).isZero();
    return printed;
  }
}
