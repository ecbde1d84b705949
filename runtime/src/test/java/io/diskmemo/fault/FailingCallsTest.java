package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One system call on the store's files fails, or all from one on. SQLite, as the driver has it, makes
 * no {@code fdatasync}, and neither does the store.
 */
class FailingCallsTest {
  private static final boolean LONG = Boolean.getBoolean("tests.every.call");

  private static final List<String> ALL =
      List.of(System.getProperty("tests.errors", "EIO,ENOSPC,EACCES,EROFS").split(","));

  /** The JVM makes them on other files too; the others it makes for the store only, or nearly so. */
  private static final Set<String> ON_KNOWN_FILES =
      Set.of("pwrite64", "pread64", "openat", "ftruncate");

  @TempDir
  private Path directory;

  @BeforeEach
  void requireStrace() {
    Strace.require();
  }

  @ParameterizedTest
  @CsvSource({
    "pwrite64, ENOSPC",
    "pread64, EIO",
    "fsync, EIO",
    "openat, EACCES",
    "rename, EROFS",
    "link, EROFS",
    "ftruncate, EIO"
  })
  void resultsAreRightAndWhatWasThereStays(String call, String error) throws IOException {
    List<String> errors = LONG ? ALL : List.of(error);
    List<String> failed = new ArrayList<>();
    for (String each : errors) {
      int failures = 0;
      for (int moment : moments()) {
        boolean once = failsAt(call, each, String.valueOf(moment), true);
        boolean always = failsAt(call, each, moment + "+", false);
        failures += (once ? 1 : 0) + (always ? 1 : 0);
        if (!once && !always) {
          break; // nor would a later one
        }
      }
      assertThat(failures).as("or else it hits nothing").isPositive();
      failed.add(each + "=" + failures);
    }
    System.out.println("failures of " + call + ": " + failed);
  }

  private static Iterable<Integer> moments() {
    return LONG
        ? IntStream.iterate(1, moment -> moment < 8 ? moment + 1 : moment * 3 / 2)::iterator
        : List.of(2);
  }

  /** Whether a call failed. */
  private boolean failsAt(String call, String error, String when, boolean once) throws IOException {
    Path store = directory.resolve(call + "-" + error + "-" + when);
    try (DiskMemo memo = DiskMemo.open(FaultCaller.settings(store))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      for (int i = 0; i < FaultCaller.PRIOR; i++) {
        String name = "prior/" + i;
        text.text(name, () -> FaultCaller.valueOf(name));
      }
    }
    Path trace = directory.resolve("trace-" + store.getFileName());
    String injection = call + " " + error + " " + when;
    Strace strace = Strace.of(call).into(trace).injecting("error=" + error + ":when=" + when);
    if (ON_KNOWN_FILES.contains(call)) {
      strace =
          strace.on(Stream.concat(KillAtSystemCallTest.files(store).stream(), valueFiles(store))
              .toArray(Path[]::new));
    }
    try (ChildJvm caller = ChildJvm.startUnder(strace.command(), FaultCaller.class, store)) {
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

  private static Stream<Path> valueFiles(Path store) {
    return new ValueFilesOf(store.resolve("kinds/kept")).paths().stream();
  }

  private static void requireIntact(Path store, String injection, boolean once) {
    try (DiskMemo memo = DiskMemo.open(FaultCaller.settings(store))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      KindCache kept = memo.kind("kept");
      for (int i = 0; i < FaultCaller.PRIOR; i++) {
        String name = "prior/" + i;
        String value = FaultCaller.valueOf(name);
        assertThat(once ? text.known(name) : text.text(name, () -> value)).isEqualTo(value);
      }
      assertThat(kept.check().problems()).as(injection).isEmpty();
      assertThat(kept.check().damaged()).as(injection).isZero();
      assertThat(kept.put("after", "words")).isTrue();
      assertThat(kept.get("after", String.class)).contains("words");
    }
  }
}
