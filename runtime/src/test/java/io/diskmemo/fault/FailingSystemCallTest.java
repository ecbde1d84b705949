package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk fails under a store that is open, for once or for good. */
class FailingSystemCallTest {
  @TempDir
  private Path temporary;

  @BeforeEach
  void requireStrace() {
    Strace.require();
  }

  @ParameterizedTest
  @CsvSource({
    "pwrite64, EIO, 40+",
    "pwrite64, ENOSPC, 40+",
    "pwrite64, EIO, 20",
    "pread64, EIO, 30+",
    "fsync, EIO, 1+"
  })
  void callsGoOnWhenTheDiskFails(String call, String error, String when) throws IOException {
    Path directory = temporary.resolve("store");
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(directory))) {
      new MemoizedText(memo, "kept").text("t/before", () -> "before");
    }
    Path trace = temporary.resolve("trace");
    Strace strace = Strace.of(call)
        .into(trace)
        .on(Stream.of("cache-2-1.db", "cache-2-1.db-wal", "cache-2-1.db-shm")
            .map(directory.resolve("kinds/kept")::resolve)
            .toArray(Path[]::new))
        .injecting("error=" + error + ":when=" + when);
    try (ChildJvm caller = ChildJvm.startUnder(strace.command(), Caller.class, directory)) {
      List<String> lines = caller.remainingLines();
      assertThat(lines).as(caller.complaints()).startsWith("open").doesNotContain("wrong");
      assertThat(caller.complaints().split("computed without the disk", -1))
          .as("one warning for each of reads and writes")
          .hasSizeLessThanOrEqualTo(3);
      assertThat(Collections.frequency(lines, "right"))
          .as(caller.complaints())
          .isEqualTo(Caller.CALLS);
    }
    try (Stream<String> lines = Files.lines(trace)) {
      assertThat(lines.filter(line -> line.contains("(INJECTED)")).count()).isPositive();
    }
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(directory))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      assertThat(text.known("t/before")).isEqualTo("before");
      text.text("t/after", () -> "after");
      assertThat(memo.kind("kept").check().problems()).isEmpty();
      assertThat(memo.kind("kept").check().damaged()).isZero();
    }
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(directory))) {
      assertThat(new MemoizedText(memo, "kept").known("t/after")).isEqualTo("after");
    }
  }
}
