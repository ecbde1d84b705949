package io.diskmemo.multiprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system that tests need. */
public final class Commands {
  private Commands() {}

  /** Runs a program that must succeed. */
  public static void run(String... command) {
    List<String> words = List.of(command);
    String said = output(words);
    if (said.startsWith("!")) {
      throw new AssertionError(words + " fails: " + said);
    }
  }

  /** Whether a program succeeds. */
  public static boolean succeeds(String... command) {
    return !output(List.of(command)).startsWith("!");
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said : "!" + said;
    } catch (IOException e) {
      return "!" + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "!interrupted";
    }
  }

  /** Whether the program is on the path. */
  public static boolean exists(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Whether this is the superuser, on Linux. */
  public static boolean isRoot() {
    return Stream.of("id", "mount", "umount").allMatch(Commands::exists)
        && output(List.of("id", "-u")).strip().equals("0");
  }
}
