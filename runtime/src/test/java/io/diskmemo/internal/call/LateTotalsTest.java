package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.testkit.KindDisks;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals that are written, or not, when nobody waits for that any more. */
class LateTotalsTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir
  private Path directory;

  private final TestClock clock = new TestClock();
  private final Threads threads = new Threads();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final Counters counters = new Counters();

  @AfterEach
  void close() {
    end.countDown();
    threads.close();
  }

  private KindStore open(Duration timeout) {
    return TestLimits.ample().timeout(timeout).open(directory, clock);
  }

  private GuardedStore guarded(KindStore store) {
    return new GuardedStore("default", KindDisks.of(store, clock), Threads.LIMIT);
  }

  private Totals totals(GuardedStore guarded) {
    return new Totals(
        counters, guarded, new MemoryTier(0, guarded, false, clock), true, System::nanoTime);
  }

  /** A transaction that does not end until the test ends it, which is taken for a disk that is slow. */
  private Future<?> hold(KindStore store) throws InterruptedException {
    Future<?> holding = threads.begin(() -> store.update(NewEntries.key("k"), present -> {
      held.countDown();
      Threads.until(() -> end.getCount() == 0);
      return new KindStore.Replacement<>(NewEntries.entry("k", 1, 10), true);
    }));
    held.await();
    return holding;
  }

  private void goOn(Future<?> holding) throws Exception {
    end.countDown();
    Threads.result(holding);
  }

  /** They were given back when the wait was given up, and added once more. */
  @Test
  void whatIsWrittenLateIsAddedOnce() throws Exception {
    try (KindStore store = open(Threads.LIMIT)) {
      GuardedStore guarded = guarded(store);
      Future<?> holding = hold(store);
      counters.count(Event.STORE, 3);
      totals(guarded).flush();
      goOn(holding);
      assertThat(guarded.isEnded(Threads.LIMIT)).isTrue();
      totals(guarded(store)).flush();

      assertThat(store.totals()).isEqualTo(Map.of("store", 3L));
    }
  }

  @Test
  void whatFailsIsAddedByTheNext() throws Exception {
    try (KindStore store = open(SHORT)) {
      GuardedStore guarded = guarded(store);
      Future<?> holding = hold(store);
      counters.count(Event.STORE, 3);
      totals(guarded).flush();
      assertThat(guarded.isEnded(Threads.LIMIT)).isTrue();
      goOn(holding);
      assertThat(store.totals()).isEmpty();
      totals(guarded(store)).flush();

      assertThat(store.totals()).isEqualTo(Map.of("store", 3L));
    }
  }

  @Test
  void whatCannotBeHandedOverIsAddedByTheNext() throws Exception {
    try (KindStore store = open(Threads.LIMIT)) {
      GuardedStore ended = guarded(store);
      assertThat(ended.isEnded(Threads.LIMIT)).isTrue();
      counters.count(Event.STORE, 3);
      totals(ended).flush();
      totals(guarded(store)).flush();

      assertThat(store.totals()).isEqualTo(Map.of("store", 3L));
    }
  }
}
