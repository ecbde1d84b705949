package io.diskmemo.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packages of Debian that peers come in. */
public final class Debian {
  private static final Path QUERY = Path.of("/usr/bin/dpkg-query");
  private static final String INSTALLED = "installed ";

  private Debian() {}

  /**
   * Versions of packages that are installed.
   *
   * @param names of packages
   * @return name and version of each that is there
   * @throws IOException if they cannot be asked for
   */
  static List<String> versions(String... names) throws IOException {
    if (!Files.isExecutable(QUERY)) {
      return List.of();
    }
    List<String> command = new ArrayList<>(
        List.of(QUERY.toString(), "-W", "-f", "${db:Status-Status} ${Package} ${Version}\\n"));
    command.addAll(List.of(names));
    Process query = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD) // names of those that are not known
        .start();
    try (BufferedReader lines = query.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.startsWith(INSTALLED))
          .map(line -> line.substring(INSTALLED.length()))
          .toList();
    }
  }

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
