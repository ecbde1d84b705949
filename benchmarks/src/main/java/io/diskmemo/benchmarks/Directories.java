package io.diskmemo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Temporary directories. */
public final class Directories {
  private Directories() {}

  /**
   * Makes one.
   *
   * @return an empty directory
   * @throws IOException if there is no room
   */
  public static Path make() throws IOException {
    return Files.createTempDirectory("diskmemo-bench");
  }

  /**
   * Removes one with all that is in it.
   *
   * @param directory that may be gone
   * @throws IOException if it cannot
   */
  public static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * What is in it. Sparse files take less than their length, small files more.
   *
   * @param directory to look into
   * @return blocks that its files and directories take, in bytes
   * @throws IOException if it cannot be read
   */
  public static long bytes(Path directory) throws IOException {
    Process du = new ProcessBuilder("du", "-B1", "-s", directory.toString()).start();
    try (var reader = du.inputReader()) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("du said nothing of " + directory);
      }
      return Long.parseLong(line.split("\t", -1)[0]);
    }
  }
}
