package io.diskmemo.processor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs in JVMs of their own, whose shared instance is in one directory. */
final class ChildJvm {
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
    return run(compile(source), Jdk.ofThisProcess());
  }

  /** The directory of the classes of a source. */
  Path compile(String source) throws IOException {
    Path classes = directory.resolve("classes" + programs++);
    write(OnDisk.compile(source).classes(), classes);
    return classes;
  }

  /** As {@link #run(String)}, of what was compiled. */
  List<String> run(Path classes, Jdk jdk, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Ddiskmemo.directory=" + directory.resolve("store"),
        "-Dio.diskmemo.patience=" + System.getProperty("io.diskmemo.patience", "100"),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.logFile=System.out"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(
        "-classpath",
        classes + File.pathSeparator + System.getProperty("java.class.path"),
        "test.Main"));
    return jdk.run(directory, "java", arguments).lines().toList();
  }

  private static void write(Map<String, byte[]> classes, Path root) throws IOException {
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      Path file = root.resolve(entry.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
  }
}
