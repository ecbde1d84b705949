package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.CacheProcess;
import io.diskmemo.multiprocess.ChildJvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody cuts the counters short that two processes have mapped, so that the page with the counters
 * stays: to touch what is behind it would be a signal, of which HotSpot makes an error, late or never.
 */
class CutShortFilesTest {
  private static final String NAME = "t1/x";

  @TempDir
  private Path directory;

  private ChildJvm a;
  private ChildJvm b;

  @BeforeEach
  void startBoth() {
    a = start();
    b = start();
  }

  private ChildJvm start() {
    return ChildJvm.start(
            CacheProcess.class, directory.resolve("store"), directory.resolve("truth"))
        .awaitLine("running")
        .tell("go")
        .awaitLine("open");
  }

  @AfterEach
  void endBoth() {
    a.close();
    b.close();
  }

  private void cut(String file, long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(directory.resolve("store").resolve(file), StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** Within the counters; behind them. */
  @ParameterizedTest
  @ValueSource(longs = {100, 5000})
  void countersAreMadeAnewAndNobodyNotices(long bytes) throws IOException {
    a.ask("text " + NAME);
    b.ask("text " + NAME);
    for (int round = 0; round < 5; round++) {
      String known = b.ask("text " + NAME);
      cut("kinds/texts/coordination", bytes);

      assertThat(b.ask("text " + NAME)).isEqualTo(known.replace("computed", "hit"));
      long version = Long.parseLong(a.ask("change " + NAME));
      a.ask("evict-tag every");
      assertThat(b.ask("text " + NAME)).isEqualTo("computed " + NAME + "=" + version);
      assertThat(a.ask("text " + NAME)).isEqualTo("hit " + NAME + "=" + version);
    }
    assertThat(Files.size(directory.resolve("store/kinds/texts/coordination"))).isEqualTo(65536);
    b.ask("text " + NAME);
    String before = b.ask("stats");
    b.ask("text " + NAME);
    assertThat(memoryHits(b.ask("stats"))).isEqualTo(memoryHits(before) + 1);
  }

  private static long memoryHits(String stats) {
    return Long.parseLong(stats.replaceAll("(?s).*memoryHits=(\\d+).*", "$1"));
  }

  /** A process that has its results in memory, and asks the disk for none. */
  @ParameterizedTest
  @ValueSource(longs = {100, 5000})
  void whoOnlyReadsFromMemoryGoesOn(long bytes) throws IOException {
    a.ask("text " + NAME);
    String known = a.ask("text " + NAME);
    cut("kinds/texts/coordination", bytes);

    for (int i = 0; i < 200; i++) {
      assertThat(a.ask("text " + NAME)).isEqualTo(known);
    }
    assertThat(a.ask("put key v")).isEqualTo("true");
  }
}
