package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process reads as fast as it can, another writes as fast as it can. */
class LogSizeTest {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("tests.stress.seconds", 3));
  private static final long MOST_BYTES = 48 << 20;

  @TempDir
  Path directory;

  @Test
  void logStaysSmall() throws Exception {
    Path store = directory.resolve("store");
    Path log = store.resolve("kinds/hard/cache-2-1.db-wal");
    try (ChildJvm writer = ChildJvm.start(HardWorker.class, store, "write").awaitLine("ready");
        ChildJvm reader = ChildJvm.start(HardWorker.class, store, "read").awaitLine("ready")) {
      long end = System.nanoTime() + LENGTH.toNanos();
      long largest = 0;
      while (System.nanoTime() < end || isBeginning(writer) || isBeginning(reader)) {
        Patience.moment(Duration.ofMillis(10));
        largest = Math.max(largest, sizeOf(log));
      }
      System.out.println("log: at most " + largest + " bytes, beside "
          + (writer.unreadLines() - 1) + ",000 writes and " + (reader.unreadLines() - 1)
          + ",000 reads");
      assertThat(largest).isPositive().isLessThan(MOST_BYTES);
      assertThat(writer.isAlive() && reader.isAlive()).isTrue();
      writer.kill();
      reader.kill();
      assertThat(writer.complaints() + reader.complaints())
          .doesNotContain("Exception", "a torn value");
    }
  }

  private static boolean isBeginning(ChildJvm child) {
    return child.unreadLines() < 2 && child.isAlive();
  }

  private static long sizeOf(Path log) throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }
}
