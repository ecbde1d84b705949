package io.diskmemo.benchmarks.compile;

import io.diskmemo.benchmarks.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the compiler of this JDK, each time in a new JVM. */
final class Javac {
  private final Path directory;

  /** Keeps the output of the compilers in a directory. */
  Javac(Path directory) {
    this.directory = directory;
  }

  /** Milliseconds from the start of the JVM to its end. */
  double millisToCompile(List<Path> sources, String... options)
      throws IOException, InterruptedException {
    Path classes = directory.resolve("classes");
    Directories.delete(classes);
    Files.createDirectories(classes);
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
        "-d",
        classes.toString(),
        "-classpath",
        System.getProperty("java.class.path"),
        "--release",
        "17"));
    command.addAll(List.of(options));
    command.add("@" + argumentFile(sources));
    Path log = directory.resolve("log");
    long begun = System.nanoTime();
    int status = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
    double millis = (System.nanoTime() - begun) / 1e6;
    if (status != 0 || Files.size(log) > 0) {
      throw new IOException("javac ended with " + status + ": " + Files.readString(log));
    }
    return millis;
  }

  private Path argumentFile(List<Path> sources) throws IOException {
    return Files.write(
        directory.resolve("javac-arguments"),
        sources.stream().map(Path::toString).toList());
  }

  static List<Path> sourcesIn(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
