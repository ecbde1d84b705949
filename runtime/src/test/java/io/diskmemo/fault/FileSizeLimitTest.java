package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.Patience;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No file of a process may grow beyond a size. The system sends SIGXFSZ with the error, which by
 * default ends a process; a JVM ignores it.
 */
class FileSizeLimitTest {
  @TempDir
  private Path directory;

  @BeforeEach
  void requirePrlimit() {
    assumeTrue(
        Commands.exists("prlimit"),
        "prlimit (util-linux) is missing, which limits other processes");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 60_000})
  void callsGoOnAndStoringResumesWithoutTheLimit(long bytes) {
    try (ChildJvm process = ChildJvm.start(TroubledProcess.class, directory).awaitLine("open")) {
      assertThat(process.ask("call before")).isEqualTo("right");
      limit(process, String.valueOf(bytes));
      assertThat(process.ask("call during")).as(process.complaints()).isEqualTo("right");
      assertThat(process.ask("put key")).isEqualTo("refused");
      assertThat(process.ask("call before")).isEqualTo("right");

      limit(process, "unlimited");
      Patience.until("it stores again", () -> process.ask("state").equals("HEALTHY"));
      assertThat(process.ask("known before")).isEqualTo(String.valueOf(TroubledProcess.CALLS));
      assertThat(process.ask("call after")).isEqualTo("right");
      assertThat(process.ask("check")).isEqualTo("true");
    }
    try (ChildJvm next = ChildJvm.start(TroubledProcess.class, directory).awaitLine("open")) {
      assertThat(next.ask("known after")).isEqualTo(String.valueOf(TroubledProcess.CALLS));
      assertThat(next.ask("check")).isEqualTo("true");
    }
  }

  /** The soft limit, which anybody may set and lift of a process of his own. */
  private static void limit(ChildJvm process, String bytes) {
    Commands.run("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes + ":");
  }
}
