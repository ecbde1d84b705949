package io.diskmemo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Packages of Debian that peers come in. */
public final class Debian {
  private Debian() {}

  /**
   * Sees that a file is there, by installing the package that it belongs to if this is the superuser.
   *
   * @param file of the package
   * @param name of the package
   * @throws IOException with the way out, if it is not there
   * @throws InterruptedException if this thread is interrupted
   */
  public static void require(Path file, String name) throws IOException, InterruptedException {
    if (!Files.exists(file)
        && "root".equals(System.getProperty("user.name"))
        && Files.exists(Path.of("/usr/bin/apt-get"))) {
      new ProcessBuilder(List.of("apt-get", "install", "-y", "-q", name))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    if (!Files.exists(file)) {
      throw new IOException("skipped: " + file + " is missing; apt-get install " + name);
    }
  }
}
