package io.diskmemo.it.budget;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a main class of the tests is run in a JVM of its own.
 *
 * @param prefix a command that takes another, such as {@code strace}
 * @param options of the JVM
 * @param classPath where classes are looked for
 */
record Jvm(List<String> prefix, List<String> options, String classPath) {

  /** That of the tests, so that a busy disk refuses no store that is counted on. */
  static final String PATIENCE =
      "-Dio.diskmemo.patience=" + System.getProperty("io.diskmemo.patience", "100");

  static Jvm with(String... options) {
    return new Jvm(List.of(), List.of(options), System.getProperty("java.class.path"));
  }

  Jvm under(String... command) {
    return new Jvm(List.of(command), options, classPath);
  }

  /** With a jar whose classes come before all others of their names. */
  Jvm with(Path jar) {
    return new Jvm(prefix, options, jar + File.pathSeparator + classPath);
  }

  /** Runs it to its end, which must be a good one; what it printed. */
  List<String> run(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        PATIENCE,
        "-cp",
        classPath,
        main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return lines(command);
  }

  static void requireStrace() {
    boolean works;
    try {
      lines(List.of("strace", "--decode-pids=comm", "-o", "/dev/null", "true"));
      works = true;
    } catch (AssertionError | UncheckedIOException e) {
      works = false;
    }
    assumeTrue(
        works,
        "strace (5.16 or later) is missing or may not trace; apt-get install strace, allow ptrace");
  }

  private static List<String> lines(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command.get(0) + " failed: " + said);
      }
      return said.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
