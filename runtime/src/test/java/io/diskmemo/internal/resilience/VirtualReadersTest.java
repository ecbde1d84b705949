package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM tells nothing of the processor time of virtual threads. */
class VirtualReadersTest {
  private static final int LARGE = 4 << 20;

  @TempDir
  private Path directory;

  private final Workers workers = new Workers();

  private static Thread begun(Runnable work) throws ReflectiveOperationException {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
  }

  /** It was taken to hang, and the kind went without its disk. */
  @Test
  void threadThatReadsWhatIsLargeWorks() throws Exception {
    ValueCipher cipher =
        new ValueCipher("default", new byte[32], bytes -> Arrays.fill(bytes, (byte) 1));
    try (KindStore store = KindStore.open(
        StoreDirectory.openOrCreate(directory),
        "default",
        KindStores.limits(100 << 20),
        1,
        Clock.systemUTC(),
        Runnable::run,
        cipher)) {
      store.store(NewEntries.entry("large", 1, LARGE));
      AtomicBoolean ended = new AtomicBoolean();
      Thread reader = begun(() -> {
        while (!ended.get()) {
          store.find(NewEntries.key("large"));
        }
      });
      try {
        workers.works(reader.getId());
        Threads.until(() -> workers.works(reader.getId()));
      } finally {
        ended.set(true);
        reader.join();
      }
    }
  }

  @Test
  void threadThatWaitsDoesNotWork() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting = begun(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      workers.works(waiting.getId());
      for (int i = 0; i < 1000; i++) {
        assertThat(workers.works(waiting.getId())).isFalse();
      }
    } finally {
      end.countDown();
      waiting.join();
    }
  }
}
