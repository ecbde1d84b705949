package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Debian;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Peers in Python. All of their loops are timed in Python, by the script beside this class. */
public enum PythonPeers {
  /** python-diskcache. */
  DISKCACHE(
      "python-diskcache",
      "python3-diskcache",
      "diskcache",
      "many | everything acknowledged, but for a power cut | yes | –",
      "`Cache` as it comes, but for `tag_index=True` and room for 64 GiB as ours; `set` with a tag;"
          + " keys are the strings that others have, values pickled; Python 3"),
  /** joblib. */
  JOBLIB(
      "joblib",
      "python3-joblib",
      "joblib",
      "many | everything acknowledged, but for a power cut (files may be empty then) | no | –",
      "`Memory.cache` as it comes; a hit and a store are calls of the memoized function");

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");

  private final String title;
  private final String debian;
  private final String module;
  private final String promise;
  private final String settings;

  PythonPeers(String title, String debian, String module, String promise, String settings) {
    this.title = title;
    this.debian = debian;
    this.module = module;
    this.promise = promise;
    this.settings = settings;
  }

  /**
   * Its name.
   *
   * @return as tables have it
   */
  public String title() {
    return title;
  }

  String row() {
    return "| " + title + " | " + promise + " | " + settings + " |\n";
  }

  /**
   * Starts the script.
   *
   * @param arguments what to do, a directory, and numbers
   * @return to be closed
   * @throws IOException if the package is not there and cannot be installed
   * @throws InterruptedException if this thread is interrupted
   */
  public Child start(String... arguments) throws IOException, InterruptedException {
    Debian.require(PACKAGES.resolve(module), debian);
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script().toString(), module));
    command.addAll(List.of(arguments));
    return Child.start(command);
  }

  private static Path script() throws IOException {
    Path script = Files.createTempFile("diskmemo-bench", ".py");
    script.toFile().deleteOnExit();
    try (InputStream in = PythonPeers.class.getResourceAsStream("peers.py")) {
      if (in == null) {
        throw new IOException("peers.py is not on the class path");
      }
      Files.write(script, in.readAllBytes());
    }
    return script;
  }
}
