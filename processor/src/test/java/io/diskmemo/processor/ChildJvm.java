package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs in JVMs of their own, whose shared instance is in one directory. */
final class ChildJvm {
  private static final long MOST_SECONDS = 60;

  private final Path directory;
  private int programs;

  /** Keeps classes, output and the store in an empty directory. */
  ChildJvm(Path directory) {
    this.directory = directory;
  }

  /**
   * The lines that {@code Main.main} prints, and those of the log; the first type of the source is
   * {@code Main}.
   */
  List<String> run(String source) throws IOException, InterruptedException {
    Path classes = directory.resolve("classes" + programs++);
    write(OnDisk.compile(source).classes(), classes);
    Path output = directory.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command(classes))
        .directory(directory.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("DISKMEMO_"));
    assertEndsWell(builder.start());
    return Files.readAllLines(output);
  }

  private List<String> command(Path classes) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Ddiskmemo.directory=" + directory.resolve("store"),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.logFile=System.out",
        "-classpath",
        classes + File.pathSeparator + System.getProperty("java.class.path"),
        "test.Main");
  }

  private static void assertEndsWell(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("end in time")
          .isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void write(Map<String, byte[]> classes, Path root) throws IOException {
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      Path file = root.resolve(entry.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
  }
}
