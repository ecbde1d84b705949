package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindDiskTest {
  private static final BreakerSettings HURRIED = new BreakerSettings(3, Duration.ofMillis(1));
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  private Path directory;

  private final AtomicInteger openings = new AtomicInteger();
  private final AtomicInteger replacements = new AtomicInteger();
  private final Threads threads = new Threads();
  private KindDisk disk;

  @AfterEach
  void close() {
    if (disk != null) {
      disk.close();
    }
    threads.close();
  }

  private Path store() {
    return directory.resolve("store");
  }

  private KindStore opened() {
    openings.incrementAndGet();
    return KindStores.open(store(), "default", 1 << 20, Clock.systemUTC());
  }

  private KindDisk disk(Supplier<KindStore> opening, Executor executor) {
    return disk(opening, executor, HURRIED);
  }

  private KindDisk disk(Supplier<KindStore> opening, Executor executor, BreakerSettings settings) {
    disk = new KindDisk(
        opening,
        settings,
        executor,
        Clock.systemUTC(),
        System::nanoTime,
        replacements::incrementAndGet);
    return disk;
  }

  /** All at once, so that nobody makes it again while this removes. */
  private void remove() throws IOException {
    Files.move(store(), directory.resolve("removed"));
  }

  /** It was taken to be under way from then on, and the kind went without its disk for ever. */
  @Test
  void trialForWhichThereIsNoThreadIsMadeLater() {
    AtomicInteger asked = new AtomicInteger();
    disk(this::opened, work -> {
          if (asked.incrementAndGet() == 1) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          work.run();
        })
        .begin();
    disk.breaker().open(new Failure(Trouble.FAILURE, Failure.Operation.READ, "told"));

    Threads.until(() -> disk.breaker().level() == Level.HEALTHY);
  }

  /** It went to whoever constructed the wrapper, or left the breaker half-open. */
  @Test
  void errorsAreFailuresOfTheDisk() {
    disk(
        () -> {
          if (openings.get() < 2) {
            openings.incrementAndGet();
            throw new NoClassDefFoundError("of a driver");
          }
          return opened();
        },
        Runnable::run);

    disk.openIfPossible(mistake -> false);
    assertThat(disk.breaker().condition().reason()).contains("NoClassDefFoundError");
    disk.begin();
    Threads.until(() -> disk.breaker().level() == Level.HEALTHY);
    assertThat(openings).hasValue(3);
  }

  /** Who came after an eviction in the store shared what was computed before there was one. */
  @Test
  void countersInPlaceOfAStoreAreVoidWhenThereIsOne() {
    disk(this::opened, Runnable::run);
    Key key = NewEntries.key("a");
    Coherence before = disk.coherence(key);
    long stamp = before.stamp();
    assertThat(before.started()).isEqualTo(stamp);

    disk.require();
    assertThat(before.started()).isNotEqualTo(stamp);
    assertThat(disk.coherence(key)).isNotSameAs(before);
  }

  /** The first went to the caller, and for the answer of the second he waited in vain. */
  @Test
  void errorOfAReadOrAWriteIsAMiss() {
    GuardedStore guarded = new GuardedStore("default", disk(this::opened, Runnable::run), LONG);
    disk.require();

    assertThat(guarded.findAll(new Unmapped(), 1 << 20)).isEmpty();
    assertThat(disk.breaker().condition().failures()).isEqualTo(1);
    NewEntry entry = NewEntries.entry("a", 1, 10).with(() -> {
      throw new NoClassDefFoundError("of a driver");
    });
    assertThat(guarded.store(entry, stored -> {})).isEmpty();
    assertThat(disk.breaker().condition().failures()).isEqualTo(2);
  }

  /** Keys that cannot be read, as memory that is mapped to a file which was cut short. */
  private static final class Unmapped extends AbstractList<Key> {
    @Override
    public Key get(int index) {
      throw new InternalError("a fault occurred in an unsafe memory access operation");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void databaseThatSomebodyReplacedIsNotInPlace() throws IOException {
    disk(this::opened, Runnable::run).begin();
    KindStore first = disk.require();
    assertThat(first.isInPlace()).isTrue();
    assertThat(replacements).hasValue(1);
    Path database = store().resolve("kinds/default/cache-2-1.db");
    Path copy = directory.resolve("copy.db");
    try (KindStore other =
        KindStores.open(directory.resolve("other"), "default", 1 << 20, Clock.systemUTC())) {
      assertThat(other.isInPlace()).isTrue();
    }
    Files.copy(directory.resolve("other/kinds/default/cache-2-1.db"), copy);
    Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);

    assertThat(first.isInPlace()).isFalse();
    Threads.until(() -> replacements.get() == 2);
  }

  /** Nobody has asked for the disk meanwhile. */
  @Test
  void directoryThatIsGoneIsNoticedWithoutAnyUse() throws IOException {
    disk(this::opened, Runnable::run).begin();
    disk.require();
    remove();

    Threads.until(() -> replacements.get() == 2);
    assertThat(disk.require().isInPlace()).isTrue();
    assertThat(disk.breaker().level()).isEqualTo(Level.HEALTHY);
  }

  /** What memory holds was compared with counters that nobody else had any more, until the next trial. */
  @Test
  void directoryThatIsGoneIsNoticedInTroubleToo() throws IOException {
    disk(this::opened, Runnable::run, new BreakerSettings(3, Duration.ofDays(1)))
        .begin();
    disk.require();
    disk.breaker().failed(new Failure(Trouble.FULL, Failure.Operation.WRITE, "told"));
    assertThat(disk.breaker().level()).isEqualTo(Level.DEGRADED);
    remove();

    Threads.until(() -> disk.breaker().level() == Level.HEALTHY);
    assertThat(disk.require().isInPlace()).isTrue();
    assertThat(replacements.get()).isGreaterThanOrEqualTo(2);
  }

  /** It was taken for lost when all was well again, and nothing was read for ever. */
  @Test
  void directoryThatIsBackIsReadAgain() throws IOException {
    disk(this::opened, Runnable::run, new BreakerSettings(3, Duration.ofDays(1)));
    KindStore store = disk.require();
    disk.breaker().failed(new Failure(Trouble.FULL, Failure.Operation.WRITE, "told"));
    assertThat(disk.forReads()).isSameAs(store);
    remove();
    disk.requireInPlaceInTrouble();
    assertThat(disk.forReads()).isNull();

    Files.move(directory.resolve("removed"), store());
    disk.tryAgain();
    assertThat(disk.breaker().level()).isEqualTo(Level.HEALTHY);
    assertThat(disk.forReads()).isSameAs(store);
  }

  @Test
  void nothingIsMadeAgainAfterClose() throws IOException {
    disk(this::opened, Runnable::run);
    disk.require();
    disk.close();
    remove();

    disk.probe();
    disk.requireInPlace();
    disk.breaker().open(new Failure(Trouble.FAILURE, Failure.Operation.READ, "told"));
    disk.tryAgain();

    assertThat(openings).hasValue(1);
    assertThat(store()).doesNotExist();
    assertThat(disk.gone()).isCompleted();
  }

  @Test
  void closeDoesNotWaitForATrialThatDoesNotEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Queue<Future<Boolean>> works = new ConcurrentLinkedQueue<>();
    disk(
            () -> {
              begun.countDown();
              try {
                answered.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return opened();
            },
            work -> works.add(threads.begin(() -> {
              work.run();
              return true;
            })))
        .begin();
    disk.breaker().open(new Failure(Trouble.FAILURE, Failure.Operation.READ, "told"));
    begun.await();

    try {
      assertThat(
              Threads.result(threads.begin(() -> disk.isClosedWithin(Duration.ofMillis(1), true))))
          .isFalse();
      assertThat(disk.gone()).isNotDone();
    } finally {
      answered.countDown();
    }
    Threads.until(() -> disk.gone().isDone());
    assertThat(Threads.results(List.copyOf(works))).containsOnly(true);
  }
}
