package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    leases = Leases.of(StoreDirectory.openOrCreate(directory), clock);
    KindParts parts = KindPartsOf.ofNothingThatEnds(store, leases, clock, batches);
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
