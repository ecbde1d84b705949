package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  private volatile Runnable whenAskedForAThread = () -> {};

  @AfterEach
  void end() {
    threads.close();
  }

  private Thread thread(Runnable work) {
    whenAskedForAThread.run();
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

  /** It was opened after the thread had looked for what to close, and stayed open. */
  @Test
  void nothingIsOpenedOnceAThreadIsAskedFor() {
    KindDisk disk = disk();
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    whenAskedForAThread = () -> refusal.set(catchThrowable(disk::require));

    assertThat(disk.isClosedWithin(LONG, true)).isTrue();

    assertThat(refusal.get()).isInstanceOf(DiskException.class).hasMessageContaining("closed");
    assertThat(directory).isEmptyDirectory();
  }

  /** The thread that looks after disks ended with the last of them, and there was no other to close it. */
  @Test
  void whatIsToBeClosedLaterIsLookedAfterBeforeTheDiskIsNot() {
    Bystander bystander = new Bystander();
    HealthThread.begin(bystander);
    try {
      KindDisk disk = disk().begin();
      disk.require();
      thereAreThreads.set(false);
      Thread caller = Thread.currentThread();
      AtomicBoolean lookedAfter = new AtomicBoolean();
      whenAskedForAThread = () -> lookedAfter.set(!Thread.currentThread().equals(caller));
      List<Boolean> lookedAfterAtTheEnd = new ArrayList<>();
      bystander.whenAnotherEnds = () -> {
        bystander.awaitLooks();
        lookedAfterAtTheEnd.add(lookedAfter.get());
      };

      assertThat(disk.isClosedWithin(SHORT, false)).isFalse();

      assertThat(lookedAfterAtTheEnd).containsOnly(true);
      bystander.whenAnotherEnds = () -> {};
      thereAreThreads.set(true);
      Threads.until(() -> disk.gone().isDone());
    } finally {
      HealthThread.end(bystander);
    }
  }

  /** Looks as disks do, and is asked whether it is the one, when another ends. */
  private static final class Bystander implements HealthThread.Watched {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile Runnable whenAnotherEnds = () -> {};

    @Override
    public long look() {
      looks.incrementAndGet();
      return Duration.ofMillis(1).toNanos();
    }

    /** Until everybody who is looked after now has looked. */
    void awaitLooks() {
      int enough = looks.get() + 3; // the first may be of a round that has begun, others come later
      Threads.until(() -> looks.get() >= enough);
    }

    @Override
    public boolean equals(Object other) {
      if (this != other) {
        whenAnotherEnds.run();
      }
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
