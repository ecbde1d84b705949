package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.key.Key;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the number of an eviction says where the database is another. */
class OtherStoresSequencesTest {
  private static final Key KEY = NewEntries.key("k");
  private static final int MORE_THAN_ARE_CLEARED_IN_PLACE = 1_500;

  @TempDir
  private Path directory;

  private final TestClock clock = new TestClock();

  private KindStore opened(String store) {
    return KindStores.open(directory.resolve(store), "default", 1 << 20, clock);
  }

  private static NewEntry computedFor(KindStore store) {
    return NewEntries.in(NewEntry.Mode.PUBLISH, NewEntries.entry("k", 1, 10, "t"))
        .since(store.sequence(KEY), store.coherence(KEY).origin());
  }

  /** The one that took the place of a removed one knew nothing of evictions before. */
  @Test
  void resultThatWasComputedForOneStoreIsNotStoredInAnother() {
    try (KindStore removed = opened("removed");
        KindStore next = opened("next")) {
      NewEntry result = computedFor(removed);
      removed.evict(new EntryFilter("t", null));

      assertThat(next.isEvicted(result)).isTrue();
      assertThat(next.store(result).outcome()).isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
      assertThat(next.storeAllOrNone(List.of(result)).get(0).outcome())
          .isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
      assertThat(next.store(computedFor(next)).outcome()).isEqualTo(Stored.Outcome.STORED);
    }
  }

  /** Trouble with a disk is a reason to open it once more, and none to lose what was computed meanwhile. */
  @Test
  void resultIsStoredWhereItsStoreWasOpenedAnew() {
    NewEntry result;
    try (KindStore before = opened("store")) {
      result = computedFor(before);
      before.retire();
    }
    try (KindStore anew = opened("store")) {
      assertThat(anew.isEvicted(result)).isFalse();
      assertThat(anew.store(result).outcome()).isEqualTo(Stored.Outcome.STORED);
    }
  }

  /** It was stored although its tag was evicted, or left out without a word. */
  @Test
  void batchOfWhatWasPutFailsInAnotherStore() {
    try (KindStore removed = opened("removed");
        KindStore next = opened("next")) {
      NewEntry put = new NewEntry(
              KEY,
              MethodName.BY_HAND,
              List.of("t"),
              StoredEntry.NEVER,
              0,
              new byte[10],
              NewEntry.Mode.REPLACE,
              NewEntry.NOW)
          .since(removed.sequence(KEY), removed.coherence(KEY).origin());

      assertThatThrownBy(() -> next.storeAllOrNone(List.of(put)))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("another store took the place");
      assertThat(next.size().entries()).isZero();
      assertThat(removed.storeAllOrNone(List.of(put)).get(0).outcome())
          .isEqualTo(Stored.Outcome.STORED);
    }
  }

  @Test
  void refreshedResultOfABatchIsLeftOutInAnotherStore() {
    try (KindStore removed = opened("removed");
        KindStore next = opened("next")) {
      NewEntry refreshed = NewEntries.in(NewEntry.Mode.REPLACE, computedFor(removed))
          .since(removed.sequence(KEY), removed.coherence(KEY).origin());

      assertThat(next.storeAllOrNone(List.of(refreshed, NewEntries.entry("other", 1, 10))))
          .extracting(Stored::outcome)
          .containsExactly(Stored.Outcome.EVICTED_MEANWHILE, Stored.Outcome.STORED);
    }
  }

  /** The second began where the first had, so that later evictions had lower numbers. */
  @Test
  void numbersGrowFromOneLostDatabaseToTheNext() throws IOException {
    opened("store").close();
    lose();
    NewEntry result;
    try (KindStore revived = opened("store")) {
      evict(revived);
      evict(revived);
      result = NewEntries.entry("k", 1, 10, "t").since(revived.sequence(KEY));
    }
    lose();
    try (KindStore revived = opened("store")) {
      assertThat(revived.sequence(KEY)).isGreaterThan(result.sequence());
      evict(revived);

      assertThat(revived.store(result).outcome()).isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
    }
  }

  /** Evictions before the loss are known to nobody, and what is being computed may be one of them. */
  @Test
  void resultThatWasComputedBeforeADatabaseWasLostIsNotStoredAfterwards() throws IOException {
    NewEntry result;
    try (KindStore before = opened("store")) {
      result = NewEntries.entry("k", 1, 10, "t").since(before.sequence(KEY));
      evict(before);
    }
    lose();
    try (KindStore revived = opened("store")) {
      assertThat(revived.store(result).outcome()).isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
    }
  }

  private static void evict(KindStore store) {
    store.store(NewEntries.entry("other", 1, 10, "t"));
    assertThat(store.evict(new EntryFilter("t", null))).isEqualTo(1);
  }

  private void lose() throws IOException {
    try (DirectoryStream<Path> databases =
        Files.newDirectoryStream(directory.resolve("store/kinds/default"), "cache-*")) {
      for (Path database : databases) {
        Files.delete(database);
      }
    }
  }

  /** Whoever lost the database before the next commit took an old backup for a whole one. */
  @Test
  void countersKnowOfAClearAtOnce() {
    try (KindStore store = KindStore.open(
        StoreDirectory.openOrCreate(directory.resolve("store")),
        "default",
        KindStores.limits(1 << 20),
        1,
        clock,
        neverDone -> {})) {
      store.storeAllOrNone(IntStream.range(0, MORE_THAN_ARE_CLEARED_IN_PLACE)
          .mapToObj(i -> NewEntries.entry("k" + i, i, 10))
          .toList());
      long before = store.sequence(KEY);
      assertThat(store.coherence(KEY).isNothingEvictedAfter(before)).isTrue();

      assertThat(store.evict(EntryFilter.ALL)).isEqualTo(MORE_THAN_ARE_CLEARED_IN_PLACE);
      assertThat(store.coherence(KEY).isNothingEvictedAfter(before)).isFalse();
    }
  }
}
