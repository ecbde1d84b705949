package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.JournalMode;
import io.diskmemo.internal.disk.ClosingProcess;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever closes a database file gives back all locks that the process has on it. Between the look of
 * SQLite whether there are any and its close there is a gap, in which another thread can take one.
 */
class LocksOfOthersTest {
  private static final String LONG_GAP = "delay_enter=30ms";

  @TempDir
  private Path directory;

  /**
   * Two processes wrote at once, and the database was damaged. With a log each connection keeps a lock,
   * and SQLite closes none beside another.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAL")
  void noneIsLostWhenAConnectionIsClosed(JournalMode journal) {
    Strace.require();
    assumeTrue(Files.isReadable(Path.of("/proc/locks")), "needs /proc/locks");
    TestLimits.ample().journal(journal).open(directory, new TestClock()).close();
    Path kind = directory.resolve("kinds/default");
    Path trace = directory.resolve("trace");
    Strace slow =
        Strace.of("close").into(trace).on(kind.resolve("cache-2-1.db")).injecting(LONG_GAP);
    try (ChildJvm child =
        ChildJvm.startUnder(slow.command(), ClosingProcess.class, kind, journal, trace)) {
      assertThat(child.success()).isNotEmpty().containsOnly("kept");
    }
  }
}
