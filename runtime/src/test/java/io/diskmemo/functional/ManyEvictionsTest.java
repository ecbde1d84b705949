package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.WriteLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evictions of more entries than one transaction removes, with the removal put off. */
class ManyEvictionsTest {
  private static final int ENTRIES = 5000;
  private static final EntryFilter TAGGED = new EntryFilter("t", null);

  @TempDir
  Path directory;

  private final List<Runnable> putOff = new ArrayList<>();
  private KindStore store;

  @BeforeEach
  void open() {
    store = openStore();
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.add(entry(i, NewEntry.NOW));
    }
    store.storeAllOrNone(entries);
  }

  private KindStore openStore() {
    return KindStore.open(
        StoreDirectory.openOrCreate(directory),
        "default",
        KindStores.limits(100 << 20),
        1,
        new TestClock(),
        putOff::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Key key(int i) {
    return PlainKeys.writerOf("k" + i).toKey();
  }

  /** All but each tenth have the tag. */
  private static NewEntry entry(int i, long sequence) {
    return new NewEntry(
        key(i),
        new MethodName("a.B.m()V", 1, "f"),
        i % 10 == 0 ? List.of() : List.of("t"),
        StoredEntry.NEVER,
        0,
        new byte[] {1},
        NewEntry.Mode.PUBLISH,
        sequence);
  }

  private long visible() {
    long visible = 0;
    for (int i = 0; i < ENTRIES; i++) {
      if (store.find(key(i)) instanceof StoredEntry) {
        visible++;
      }
    }
    return visible;
  }

  @Test
  void manyAreHiddenAtOnceAndRemovedLater() {
    assertThat(store.evict(TAGGED)).isEqualTo(4500);

    assertThat(store.size().entries()).isEqualTo(ENTRIES);
    assertThat(visible()).isEqualTo(500);
    assertThat(store.keys(null, ENTRIES)).hasSize(500);
    assertThat(store.count(EntryFilter.ALL)).isEqualTo(500);
    assertThat(store.tags()).isEmpty();
    assertThat(store.check(false).problems()).isEmpty();

    putOff.forEach(Runnable::run);
    assertThat(store.size().entries()).isEqualTo(500);
    assertThat(visible()).isEqualTo(500);
    assertThat(store.check(false).problems()).isEmpty();
  }

  @Test
  void hiddenEntryGivesWayToANewOneWhichStays() {
    store.evict(TAGGED);
    NewEntry anew = entry(1, store.sequence(key(1)));
    assertThat(store.store(anew).outcome()).isEqualTo(Stored.Outcome.STORED);
    assertThat(store.find(key(1))).isInstanceOf(StoredEntry.class);

    putOff.forEach(Runnable::run);
    assertThat(store.find(key(1))).isInstanceOf(StoredEntry.class);
    assertThat(store.size().entries()).isEqualTo(501);
  }

  @Test
  void whatWasBeingComputedIsRefused() {
    long before = store.sequence(key(ENTRIES + 1));
    store.evict(TAGGED);

    assertThat(store.store(entry(ENTRIES + 1, before)).outcome())
        .isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
  }

  @Test
  void nextToOpenGoesOnWhereTheOneThatEndedStopped() {
    store.evict(TAGGED);
    putOff.clear();
    store.close();
    store = openStore();

    assertThat(visible()).isEqualTo(500);
    assertThat(putOff).hasSize(1);
    putOff.forEach(Runnable::run);
    assertThat(store.size().entries()).isEqualTo(500);
  }

  @Test
  void lostCountersDoNotBringHiddenEntriesBack() throws Exception {
    store.evict(TAGGED);
    store.close();
    Files.delete(directory.resolve("kinds/default/coordination"));
    store = openStore();

    assertThat(visible()).isEqualTo(500);
  }

  @Test
  void clearedKindIsEmptyAtOnceAlsoForOthersThatHaveItOpen() throws Exception {
    try (KindStore other = openStore()) {
      StoredEntry read = (StoredEntry) other.find(key(1));
      long before = other.sequence(key(1));
      assertThat(store.evict(EntryFilter.ALL)).isEqualTo(ENTRIES);

      assertThat(other.find(key(1))).isEqualTo(Lookup.Miss.ABSENT);
      assertThat(other.stampOf(key(1), read.identity())).isEqualTo(KindStore.GONE);
      assertThat(other.store(entry(1, before)).outcome())
          .isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
      assertThat(other.store(entry(1, other.sequence(key(1)))).outcome())
          .isEqualTo(Stored.Outcome.STORED);
      assertThat(store.find(key(1))).isInstanceOf(StoredEntry.class);
      assertThat(store.size().entries()).isEqualTo(1);
    }
    assertThat(directory.resolve("kinds/default/current")).hasContent("cache-2-2.db");
    putOff.forEach(Runnable::run);
    assertThat(directory.resolve("kinds/default/cache-2-1.db")).doesNotExist();
    assertThat(store.find(key(1))).isInstanceOf(StoredEntry.class);
    assertThat(store.check(false).problems()).isEmpty();
  }

  /** They stayed until somebody opened the kind. */
  @Test
  void nextStoreRemovesWhatAProcessThatEndedHid() {
    try (KindStore other = openStore()) {
      store.evict(TAGGED);
      putOff.clear();
      other.store(entry(1, NewEntry.NOW));
      assertThat(putOff).hasSize(1);
      putOff.forEach(Runnable::run);

      assertThat(other.size().entries()).isEqualTo(501);
      other.store(entry(2, NewEntry.NOW));
      assertThat(putOff).hasSize(1); // nothing is hidden any more
    }
  }

  @Test
  void removalThatFailedIsDoneAfterTheNextStore() throws Exception {
    store.close();
    store = TestLimits.ample()
        .timeout(Duration.ofMillis(100))
        .open(directory, 1, new TestClock(), putOff::add);
    store.evict(TAGGED);
    try (WriteLock lock = WriteLock.hold(directory)) {
      assertThat(lock).isNotNull();
      putOff.remove(0).run();
    }
    assertThat(store.size().entries()).isEqualTo(ENTRIES);
    store.storeAllOrNone(List.of(entry(1, NewEntry.NOW)));
    putOff.remove(0).run();

    assertThat(store.size().entries()).isEqualTo(501);
  }

  /** A step begins after the rows of the one before, of the same eviction only. */
  @Test
  void removalGoesOnWithAnotherEvictionThatBeganMeanwhile() {
    store.evict(TAGGED);
    try (KindStore other = openStore()) {
      int[] steps = {0};
      store.removeHidden(done -> {
        steps[0]++;
        if (steps[0] == 3) {
          other.removeHidden();
          other.storeAllOrNone(IntStream.range(0, 1500)
              .mapToObj(i -> entry(10 * i + 1, NewEntry.NOW))
              .toList());
          assertThat(other.evict(TAGGED)).isEqualTo(1500);
          assertThat(other.evict(new EntryFilter(null, "a.B.m"))).isEqualTo(500);
        }
        return true;
      });
    }

    assertThat(store.size().entries()).isZero();
    assertThat(visible()).isZero();
    assertThat(store.check(false).problems()).isEmpty();
  }

  /** Live entries went, and the hidden stayed. */
  @Test
  void whatIsHiddenMakesRoomBeforeWhatIsNot() {
    long bytes = store.size().bytes();
    store.close();
    store = TestLimits.ample().size(bytes).open(directory, 1, new TestClock(), putOff::add);
    store.evict(TAGGED);
    assertThat(store.store(entry(ENTRIES, NewEntry.NOW)).outcome())
        .isEqualTo(Stored.Outcome.STORED);
    assertThat(visible()).isEqualTo(500);

    putOff.forEach(Runnable::run);
    assertThat(store.size().entries()).isEqualTo(501);
    assertThat(store.check(false).problems()).isEmpty();
  }

  /** It counted for one that is left, and the removal ended before all were gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM entry WHERE id = 2",
        "DELETE FROM entry WHERE id BETWEEN 2 AND 300",
        "UPDATE entry SET tags = ',1,' WHERE id = 2"
      })
  void rowThatIsNoneOrFoundTwiceDoesNotEndTheRemoval(String damage) throws Exception {
    Stores.tamper(directory, damage);
    long untagged = store.count(EntryFilter.ALL) - store.count(TAGGED);
    store.evict(TAGGED);
    putOff.forEach(Runnable::run);

    assertThat(store.count(TAGGED)).isZero();
    assertThat(visible()).isEqualTo(untagged);
    assertThat(store.check(false).problems()).noneMatch(problem -> problem.contains("tags"));
  }

  /** Each cull met them first, found no entry, removed live ones, and left them to the next. */
  @Test
  void looseTagsAreInTheWayOfACullOnlyOnce() throws Exception {
    long bytes = store.size().bytes();
    store.close();
    store = TestLimits.ample().size(bytes).open(directory, 1, new TestClock(), putOff::add);
    Stores.tamper(directory, "DELETE FROM entry WHERE id BETWEEN 2 AND 20");
    store.evict(TAGGED);
    storeNew(0, 40);
    long visible = visible();
    storeNew(40, 80);

    assertThat(visible()).isEqualTo(visible);
  }

  private void storeNew(int from, int to) {
    for (int i = from; i < to; i++) {
      store.store(entry(ENTRIES + i, NewEntry.NOW));
    }
  }
}
