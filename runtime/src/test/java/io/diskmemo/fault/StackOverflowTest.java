package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackOverflowTest {
  private static final int OVERFLOWS = 10;

  @TempDir
  private Path directory;

  /** The transaction stayed open, and nobody else could write any more. */
  @Test
  void anErrorInATransactionReleasesTheWriteLock() throws InterruptedException {
    try (DiskMemo memo = DiskMemo.open(settings());
        DiskMemo other = DiskMemo.open(settings())) {
      KindCache kind = memo.kind("numbers");
      for (int i = 0; i < OVERFLOWS; i++) {
        long stackBytes = 300_000 + i * 1_000L;
        Thread thread = new Thread(null, () -> overflow(kind), "small-stack", stackBytes);
        thread.start();
        thread.join();
        assertThat(other.kind("numbers").put("key", i)).isTrue();
        assertThat(kind.get("key", Integer.class)).contains(i);
      }
    }
  }

  private static void overflow(KindCache kind) {
    try {
      deeper(kind);
    } catch (StackOverflowError e) {
      assertThat(e).isNotNull(); // as it should be
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void deeper(KindCache kind) {
    kind.increment("number", 1);
    deeper(kind);
  }

  private Settings settings() {
    Profile hurried = Profile.builder().timeout(Duration.ofMillis(500)).build();
    return Settings.builder().directory(directory).kind("numbers", hurried).build();
  }
}
