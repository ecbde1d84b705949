package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who closes a kind waits for ever, and none stays open for want of a thread. */
class KindDiskClosingTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(1);

  @TempDir
  private Path directory;

  private final Threads threads = new Threads();
  private final AtomicBoolean thereAreThreads = new AtomicBoolean(true);

  @AfterEach
  void end() {
    threads.close();
  }

  private Thread thread(Runnable work) {
    return thereAreThreads.get() ? new Thread(work) : new Unstartable();
  }

  private static final class Unstartable extends Thread {
    @Override
    public synchronized void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  private KindDisk disk() {
    ThreadFactory some = this::thread;
    return new KindDisk(
        () -> KindStores.open(directory, "default", 1 << 20, Clock.systemUTC()),
        new BreakerSettings(3, Duration.ofMillis(1)),
        Runnable::run,
        Clock.systemUTC(),
        System::nanoTime,
        () -> {},
        new Aside(some));
  }

  /** Nothing was known to be late, so the caller closed it, and waited for a disk that did not answer. */
  @Test
  void closeThatDoesNotEndKeepsNobody() throws Exception {
    KindDisk disk = disk();
    KindStore store = disk.require();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Future<Stored> write =
        threads.begin(() -> store.store(NewEntries.entry("a", 1, 10).with(() -> {
          writing.countDown();
          return isCounted(answered);
        })));
    writing.await();
    try {
      Future<Boolean> closed = threads.begin(() -> disk.isClosedWithin(SHORT, true));
      assertThat(Threads.result(closed)).isFalse();
      assertThat(disk.gone()).isNotDone();
    } finally {
      answered.countDown();
    }
    assertThat(Threads.result(write).outcome()).isEqualTo(Stored.Outcome.STORED);
    Threads.until(() -> disk.gone().isDone());
  }

  private static boolean isCounted(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** It stayed open, and its directory was taken to be in use by this JVM for ever. */
  @Test
  void storeIsClosedWhereThereIsNoThreadForIt() {
    KindDisk disk = disk();
    disk.require();
    thereAreThreads.set(false);

    assertThat(disk.isClosedWithin(LONG, true)).isTrue();

    assertThat(disk.gone()).isCompleted();
  }

  /** Closing what is late may never end, so it is left to a thread as soon as there is one. */
  @Test
  void storeThatIsLateIsClosedWhenThereIsAThread() {
    KindDisk disk = disk();
    disk.require();
    thereAreThreads.set(false);

    assertThat(disk.isClosedWithin(SHORT, false)).isFalse();
    assertThat(disk.gone()).isNotDone();

    thereAreThreads.set(true);
    Threads.until(() -> disk.gone().isDone());
  }
}
