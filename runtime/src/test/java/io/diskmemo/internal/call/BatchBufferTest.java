package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.Stages;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.testkit.KindDisks;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a batch may hold. */
class BatchBufferTest {
  private static final int LIMIT = 1_000;

  @TempDir
  Path directory;

  private final Batches batches = new Batches(LIMIT);
  private KindStore store;
  private HandMade entries;
  private Leases leases;

  @BeforeEach
  void open() {
    TestClock clock = new TestClock();
    store = KindStores.open(directory, "default", 1 << 20, clock);
    GuardedStore guarded =
        new GuardedStore("default", KindDisks.of(store, clock), Duration.ofSeconds(10));
    Counters counters = new Counters();
    MemoryTier memory = new MemoryTier(1 << 20, guarded, false, clock);
    leases = Leases.of(StoreDirectory.openOrCreate(directory), clock);
    KindParts parts = new KindParts(
        "default",
        memory,
        new Flights<>(),
        leases,
        new Stages<>(),
        new DiskThreads("test", 1).orHere(),
        guarded,
        store::evict,
        new CallKeys(Optional.empty()),
        counters,
        new Totals(counters, guarded, memory, false, System::nanoTime),
        batches,
        new Prefetches(),
        Optional.empty(),
        1 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        WaitObserver.NONE,
        new Freshness(0, Duration.ZERO, Duration.ZERO, clock, () -> 1),
        new Refreshes(),
        clock,
        System::nanoTime,
        new AtomicBoolean());
    entries = new HandMade(parts, () -> store);
  }

  @AfterEach
  void close() {
    leases.close();
    store.close();
  }

  @Test
  void batchThatHoldsTooMuchStoresNothing() {
    BatchBuffer batch = batches.begin();
    put("one", 600);
    put("two", 600);
    put("three", 1);

    assertThatThrownBy(batch::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing of it is stored");
    batch.end();
    assertThat(store.size().entries()).isZero();
  }

  /** What had been replaced was still counted. */
  @Test
  void replacedEntriesDoNotCount() {
    BatchBuffer batch = batches.begin();
    for (int i = 0; i < 5; i++) {
      put("same", 600);
    }
    batch.commit();
    batch.end();

    assertThat(store.size().entries()).isEqualTo(1);
  }

  /** What had been committed was still counted, so that long batches failed. */
  @Test
  void committedEntriesDoNotCount() {
    BatchBuffer batch = batches.begin();
    for (int i = 0; i < 5; i++) {
      put("k" + i, 600);
      batch.commit();
    }
    batch.end();

    assertThat(store.size().entries()).isEqualTo(5);
  }

  @Test
  void outerBatchIsMeasuredByWhatTheInnerOnesHandOver() {
    BatchBuffer outer = batches.begin();
    put("outer", 600);
    BatchBuffer inner = batches.begin();
    put("inner", 600);
    inner.commit();
    inner.end();

    assertThatThrownBy(outer::commit).isInstanceOf(IllegalStateException.class);
    outer.end();
  }

  private void put(String key, int bytes) {
    entries.put(PlainKeys.writerOf(key).toKey(), new byte[bytes], Optional.empty(), List.of());
  }
}
