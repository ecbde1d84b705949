package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command that makes system calls of another fail, or wait, or kill it.
 *
 * @param calls one of {@code pwrite64} and the like, or several with commas
 * @param output where the calls are listed
 * @param files to whose calls it is restricted, or none
 * @param effect on the calls in the syntax of {@code inject}, or nothing
 */
record Strace(String calls, Path output, List<Path> files, String effect) {
  /** Of calls that are listed nowhere. */
  static Strace of(String calls) {
    return new Strace(calls, Path.of("/dev/null"), List.of(), "");
  }

  /** Skips the test where it is missing or may not trace. */
  static void require() {
    assumeTrue(
        Commands.exists("strace") && Commands.succeeds("strace", "-o", "/dev/null", "true"),
        "strace is missing or may not trace; apt-get install strace, and allow ptrace");
  }

  /** The same for {@link #attach}. */
  static void requireAttaching() throws IOException {
    require();
    Path scope = Path.of("/proc/sys/kernel/yama/ptrace_scope");
    assumeTrue(
        Commands.isRoot() || !Files.exists(scope) || Files.readString(scope).startsWith("0"),
        "tracing a process that runs needs root, or 0 in " + scope);
  }

  Strace into(Path file) {
    return new Strace(calls, file, files, effect);
  }

  Strace on(Path... some) {
    return new Strace(calls, output, List.of(some), effect);
  }

  /** Such as {@code error=EIO:when=3+}. */
  Strace injecting(String what) {
    return new Strace(calls, output, files, what);
  }

  /**
   * Begins it for a process that is there, from now on.
   *
   * @param complaints where it writes what goes wrong
   */
  Process attach(ChildJvm child, Path complaints) throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of("-p", String.valueOf(child.pid())));
    Process begun = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(complaints.toFile())
        .start();
    Patience.until("strace is attached", () -> isTraced(child.pid()) || !begun.isAlive());
    assertThat(begun.isAlive()).as(Files.readString(complaints)).isTrue();
    return begun;
  }

  /** All its threads, also those that are being begun. */
  private static boolean isTraced(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      return threads.noneMatch(thread -> status(thread).matches("(?s).*TracerPid:\\s*0\\s.*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(Path thread) {
    try {
      return Files.readString(thread.resolve("status"));
    } catch (IOException e) {
      return "it has ended since";
    }
  }

  /** To be followed by another. */
  List<String> command() {
    List<String> command = new ArrayList<>(
        List.of("strace", "-f", "-qq", "-o", output.toString(), "-e", "trace=" + calls));
    for (Path file : files) {
      command.addAll(List.of("-P", file.toString()));
    }
    if (!effect.isEmpty()) {
      command.addAll(List.of("-e", "inject=" + calls + ":" + effect));
    }
    return command;
  }
}
