package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackOverflowTest {
  private static final int THREADS = 10;

  @TempDir
  private Path directory;

  /** The transaction stayed open, and nobody else could write any more. */
  @Test
  void anErrorInATransactionReleasesTheWriteLock() throws InterruptedException {
    try (DiskMemo memo = DiskMemo.open(settings());
        DiskMemo other = DiskMemo.open(settings())) {
      KindCache kind = memo.kind("numbers");
      kind.increment("number", 1);
      kind.increment("number", 1); // all classes are there, also of what reads
      for (int i = 0; i < THREADS; i++) {
        Descent descent = new Descent(kind);
        Thread thread = new Thread(null, descent, "small-stack", 300_000 + i * 1_000L);
        thread.start();
        thread.join();
        assertThat(descent.other).as("what is no overflow").isNull();
        assertThat(descent.overflows).isGreaterThan(1);
        assertThat(other.kind("numbers").put("key", i)).isTrue();
        assertThat(kind.get("key", Integer.class)).contains(i);
      }
    }
  }

  /**
   * Goes down to the end of the stack, and there tries to commit; on the way back again in each frame,
   * until one leaves enough room. So the stack ends at one step of the transaction after another.
   */
  private static final class Descent implements Runnable {
    private final KindCache kind;
    private int overflows;
    private @Nullable Throwable other;

    Descent(KindCache kind) {
      this.kind = kind;
    }

    @Override
    public void run() {
      try {
        isCommitted();
      } catch (Throwable e) {
        other = e;
      }
    }

    @SuppressWarnings("InfiniteRecursion") // the end of the stack is the point
    private boolean isCommitted() {
      boolean committed = false;
      try {
        committed = isCommitted();
        if (!committed) {
          kind.increment("number", 1);
          committed = true;
        }
      } catch (StackOverflowError e) {
        overflows++;
      } catch (StoreException e) { // so the driver says it where its C code has no stack for Java's
        if (!String.valueOf(e.getMessage()).contains("Out of memory")) {
          throw e;
        }
        overflows++;
      }
      return committed;
    }
  }

  private Settings settings() {
    Profile hurried = Profile.builder().timeout(Duration.ofMillis(500)).build();
    return Settings.builder().directory(directory).kind("numbers", hurried).build();
  }
}
