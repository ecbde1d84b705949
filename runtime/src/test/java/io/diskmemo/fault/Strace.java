package io.diskmemo.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  /** Of a process that is there. */
  List<String> attachedTo(long pid) {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of("-p", String.valueOf(pid)));
    return command;
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
