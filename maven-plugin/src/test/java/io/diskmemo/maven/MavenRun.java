package io.diskmemo.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Maven that ran as a child process, and what came of it.
 *
 * @param exitCode 0 if the build succeeded
 * @param output of both streams, without colours
 */
record MavenRun(int exitCode, List<String> output) {
  private static final long MOST_SECONDS = 180;

  /** Newer JVMs complain of what older Mavens do; older JVMs don't know how to switch that off. */
  private static final String QUICK_AND_QUIET = "-XX:TieredStopAtLevel=1"
      + " --enable-native-access=ALL-UNNAMED"
      + " -XX:+IgnoreUnrecognizedVMOptions"
      + " --sun-misc-unsafe-memory-access=allow";

  /** The Maven that runs this build. */
  static final Path THIS_MAVEN = Path.of(System.getProperty("test.maven.home"));

  /** Runs a Maven in a directory, and waits for its end. */
  static MavenRun of(Path mavenHome, Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher(mavenHome).toString(), "-B"));
    command.addAll(arguments);
    Path log = Files.createTempFile("maven-run", ".log");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    setEnvironment(builder.environment());
    Process process = builder.start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " hangs: " + Files.readString(log));
      }
      return new MavenRun(process.exitValue(), lines(log));
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }

  private static Path launcher(Path mavenHome) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return mavenHome.resolve("bin").resolve(windows ? "mvn.cmd" : "mvn");
  }

  /** What this build's Maven exports to its children would mislead another Maven. */
  private static void setEnvironment(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.startsWith("MAVEN_") || name.startsWith("DISKMEMO_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("MAVEN_SKIP_RC", "true");
    environment.put("MAVEN_OPTS", QUICK_AND_QUIET);
  }

  private static List<String> lines(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8)
        .replaceAll("\u001b\\[[0-9;]*m", "")
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** What the goals printed, without the level. */
  List<String> info() {
    return output.stream()
        .filter(line -> line.startsWith("[INFO] "))
        .map(line -> line.substring("[INFO] ".length()))
        .toList();
  }

  String text() {
    return String.join("\n", output);
  }
}
