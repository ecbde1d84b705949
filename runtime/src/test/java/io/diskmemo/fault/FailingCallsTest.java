package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One system call on the store's files fails, or all from one on. */
class FailingCallsTest {
  private static final boolean LONG = Boolean.getBoolean("diskmemo.every.call");

  @TempDir
  private Path directory;

  @BeforeEach
  void requireStrace() {
    assumeTrue(
        Commands.exists("strace") && Commands.succeeds("strace", "-o", "/dev/null", "true"),
        "strace is missing or may not trace; apt-get install strace, and allow ptrace");
  }

  @ParameterizedTest
  @CsvSource({"pwrite64, ENOSPC", "pread64, EIO", "fsync, EIO", "openat, EACCES", "ftruncate, EIO"})
  void resultsAreRightAndWhatWasThereStays(String call, String error) throws IOException {
    List<String> errors = LONG ? List.of("EIO", "ENOSPC", "EACCES", "EROFS") : List.of(error);
    int failures = 0;
    for (String each : errors) {
      for (int moment : moments()) {
        boolean once = failsAt(call, each, String.valueOf(moment), true);
        boolean always = failsAt(call, each, moment + "+", false);
        failures += (once ? 1 : 0) + (always ? 1 : 0);
        if (!once && !always) {
          break;
        }
      }
    }
    System.out.println("FAULTS " + call + " " + errors + "=" + failures);
    assertThat(failures).as("or else it hits nothing").isPositive();
  }

  private static Iterable<Integer> moments() {
    return LONG
        ? IntStream.iterate(1, moment -> moment < 12 ? moment + 1 : moment * 5 / 4)::iterator
        : List.of(2);
  }

  /** Whether a call failed. */
  private boolean failsAt(String call, String error, String when, boolean once) throws IOException {
    Path store = directory.resolve(call + "-" + error + "-" + when);
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(store))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      for (int i = 0; i < FaultCaller.PRIOR; i++) {
        String name = "prior/" + i;
        text.text(name, () -> KillVictim.valueOf(name));
      }
    }
    Path trace = directory.resolve("trace-" + store.getFileName());
    String injection = "inject=" + call + ":error=" + error + ":when=" + when;
    List<String> command = new ArrayList<>(
        List.of("strace", "-f", "-qq", "-o", trace.toString(), "-e", "trace=" + call));
    KillAtSystemCallTest.files(store)
        .forEach(file -> command.addAll(List.of("-P", file.toString())));
    command.addAll(List.of("-e", injection));
    try (ChildJvm caller = ChildJvm.startUnder(command, FaultCaller.class, store)) {
      List<String> lines = caller.success();
      assertThat(lines)
          .as(injection + caller.complaints())
          .noneMatch(line -> line.startsWith("wrong") || line.startsWith("threw"));
      assertThat(lines.get(lines.size() - 1)).matches("done|not opened .*");
    }
    requireIntact(store, injection, once);
    try (var lines = Files.lines(trace)) {
      return lines.anyMatch(line -> line.contains("(INJECTED)"));
    }
  }

  private static void requireIntact(Path store, String injection, boolean once) {
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(store))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      KindCache kept = memo.kind("kept");
      for (int i = 0; i < FaultCaller.PRIOR; i++) {
        String name = "prior/" + i;
        String value = KillVictim.valueOf(name);
        assertThat(once ? text.known(name) : text.text(name, () -> value)).isEqualTo(value);
      }
      assertThat(kept.check().problems()).as(injection).isEmpty();
      assertThat(kept.check().damaged()).as(injection).isZero();
      assertThat(kept.put("after", "words")).isTrue();
      assertThat(kept.get("after", String.class)).contains("words");
    }
  }
}
