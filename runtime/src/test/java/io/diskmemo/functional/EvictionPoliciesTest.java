package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes room, in which order. Entries are of 1,000 bytes with all that belongs to them. */
class EvictionPoliciesTest {
  private static final int VALUE = 840;

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final List<Runnable> putOff = new ArrayList<>();

  /** Room for ten entries, and a low watermark of nine. */
  private KindStore open(CullOrder order) {
    return TestLimits.ample()
        .size(10_000)
        .order(order)
        .cullLimit(1)
        .open(directory, 1, clock, putOff::add);
  }

  private void fill(KindStore store, int entries) {
    for (int i = 0; i < entries; i++) {
      clock.advance(Duration.ofSeconds(1));
      store.store(NewEntries.entry("k" + i, i, VALUE));
    }
  }

  private void read(KindStore store, String... names) {
    for (String name : names) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(store.find(NewEntries.key(name))).isInstanceOf(StoredEntry.class);
      store.flushAccesses();
    }
  }

  private Stored storeOneMore(KindStore store) {
    clock.advance(Duration.ofSeconds(1));
    Stored stored = store.store(NewEntries.entry("new", 1, VALUE));
    assertThat(store.keys(null, 100)).contains(NewEntries.key("new"));
    return stored;
  }

  /** Without a read, which would count. */
  private static Set<String> left(KindStore store, int of) {
    Set<String> left = new TreeSet<>();
    List<Key> keys = store.keys(null, 100);
    for (int i = 0; i < of; i++) {
      if (keys.contains(NewEntries.key("k" + i))) {
        left.add("k" + i);
      }
    }
    return left;
  }

  private static void requireDropped(KindStore store, String... names) {
    Set<String> dropped =
        new TreeSet<>(Set.of("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"));
    dropped.removeAll(left(store, 10));
    assertThat(dropped).containsExactlyInAnyOrder(names);
  }

  @Test
  void leastRecentlyStoredDropsTheOldestHoweverOftenItWasRead() {
    try (KindStore store = open(CullOrder.STORED)) {
      fill(store, 10);
      read(store, "k0", "k0");
      store.store(NewEntries.entry("k1", 1, VALUE)); // stored anew, which needs no room
      storeOneMore(store);
      requireDropped(store, "k0");
      store.store(NewEntries.entry("new2", 1, VALUE));
      requireDropped(store, "k0", "k2");
    }
  }

  @Test
  void leastRecentlyUsedDropsWhatWasNotReadForLongest() {
    try (KindStore store = open(CullOrder.ACCESSED)) {
      fill(store, 10);
      read(store, "k1", "k0", "k3");
      storeOneMore(store);
      requireDropped(store, "k2");
      store.store(NewEntries.entry("new2", 1, VALUE));
      requireDropped(store, "k2", "k4");
    }
  }

  /** All that was read between two writes counted as read at the second. */
  @Test
  void readsKeepTheirOrderAlsoWhenTheyAreWrittenTogether() {
    try (KindStore store = open(CullOrder.ACCESSED)) {
      fill(store, 10);
      for (String name : List.of("k9", "k8", "k7", "k6", "k5", "k4", "k3", "k2", "k1", "k0")) {
        clock.advance(Duration.ofSeconds(1));
        store.find(NewEntries.key(name));
      }
      storeOneMore(store);
      requireDropped(store, "k9");
    }
  }

  @Test
  void leastFrequentlyUsedDropsWhatWasReadLeastOften() {
    try (KindStore store = open(CullOrder.ACCESSES)) {
      fill(store, 10);
      read(store, "k0", "k0", "k1", "k2", "k3", "k4", "k6", "k7", "k8", "k9", "k5");
      storeOneMore(store);
      requireDropped(store, "k1");
      read(store, "new");
      store.store(NewEntries.entry("new2", 1, VALUE));
      requireDropped(store, "k1", "k2");
    }
  }

  @Test
  void leastCostSavedDropsWhatIsCheapestForItsSize() {
    try (KindStore store = open(CullOrder.COST)) {
      for (int i = 0; i < 9; i++) {
        int bytes = i == 4 ? 2 * VALUE + 160 : VALUE; // twice as large
        store.store(NewEntries.costing("k" + i, i, bytes, 1000 + i));
      }
      requireDropped(store, "k9"); // which is not there
      store.store(NewEntries.costing("new", 1, VALUE, 5000));
      requireDropped(store, "k9", "k4");
      store.store(NewEntries.costing("new2", 1, VALUE, 5000));
      requireDropped(store, "k9", "k4");
      read(store, "k0", "k2"); // each saves as much once more
      store.store(NewEntries.costing("new3", 1, VALUE, 5000));
      requireDropped(store, "k9", "k4", "k1");
      store.store(NewEntries.costing("new4", 1, VALUE, 5000));
      requireDropped(store, "k9", "k4", "k1", "k3");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void expiredGoFirst(CullOrder order) {
    try (KindStore store = open(order)) {
      for (int i = 0; i < 10; i++) {
        NewEntry entry = NewEntries.costing("k" + i, i, VALUE, i == 7 ? 1_000_000 : 1);
        store.store(i == 7 ? entry.until(clock.millis() + 5) : entry);
      }
      for (int reads = 0; reads < 3; reads++) {
        store.find(NewEntries.key("k7"));
      }
      clock.advance(Duration.ofSeconds(1));
      storeOneMore(store);
      requireDropped(store, "k7");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatWasJustStoredIsNeverDropped(CullOrder order) {
    try (KindStore store = open(order)) {
      for (int i = 0; i < 60; i++) {
        NewEntry entry = NewEntries.costing("n" + i, i, VALUE, 60 - i);
        if (i % 3 == 0) {
          entry = entry.until(clock.millis() - 1);
        }
        assertThat(store.store(entry).outcome()).isEqualTo(Stored.Outcome.STORED);
        assertThat(store.keys(null, 100)).contains(NewEntries.key("n" + i));
        for (int reads = 0; reads < i % 3; reads++) {
          store.find(NewEntries.key("n" + i));
        }
        assertThat(store.size().bytes()).isLessThanOrEqualTo(10_000);
      }
      assertThat(store.check(false).problems()).isEmpty();
    }
  }

  /** Its first entries made room for its last where they had been read less, or cost less. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void batchNeverMakesRoomByItsOwnEntries(CullOrder order) {
    try (KindStore store = open(order)) {
      for (int i = 0; i < 10; i++) {
        store.store(NewEntries.costing("k" + i, i, VALUE, 1_000_000));
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 10; i++) {
          read(store, "k" + i);
        }
      }
      List<NewEntry> batch = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        batch.add(NewEntries.costing("b" + i, i, VALUE, i));
      }
      assertThat(store.storeAllOrNone(batch))
          .extracting(Stored::outcome)
          .containsOnly(Stored.Outcome.STORED);
      for (int i = 0; i < 6; i++) {
        assertThat(store.find(NewEntries.key("b" + i))).isInstanceOf(StoredEntry.class);
      }
      assertThat(store.size().bytes()).isLessThanOrEqualTo(10_000);
    }
  }

  /** What the background made was less than what it was made for. */
  @Test
  void entryThatNeedsMoreThanTheCullLimitFindsRoomTheNextTime() {
    try (KindStore store = open(CullOrder.STORED)) {
      fill(store, 10);
      NewEntry large = NewEntries.entry("large", 1, 6000);
      assertThat(store.store(large).outcome()).isEqualTo(Stored.Outcome.NO_ROOM);
      assertThat(putOff).hasSize(1);
      putOff.forEach(Runnable::run);

      assertThat(store.store(large).outcome()).isEqualTo(Stored.Outcome.STORED);
      assertThat(left(store, 10)).contains("k9");
    }
  }

  /** The background removed the very entry that it had made room for. */
  @Test
  void roomThatComesTooLateCostsTheEntryNothing() {
    try (KindStore store = open(CullOrder.STORED)) {
      fill(store, 10);
      NewEntry large = NewEntries.entry("large", 1, 6000);
      int tries = 1;
      while (store.store(large).outcome() == Stored.Outcome.NO_ROOM) {
        tries++;
      }
      assertThat(tries).isBetween(2, 10);
      putOff.forEach(Runnable::run);

      assertThat(store.find(large.key())).isInstanceOf(StoredEntry.class);
    }
  }

  @Test
  void batchThatNeedsMoreThanTheCullLimitFindsRoomTheNextTime() {
    try (KindStore store = open(CullOrder.STORED)) {
      fill(store, 10);
      List<NewEntry> batch =
          List.of(NewEntries.entry("large", 1, 6000), NewEntries.entry("b", 1, 500));
      assertThatThrownBy(() -> store.storeAllOrNone(batch))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("no room");
      assertThat(left(store, 10)).hasSize(10);
      putOff.forEach(Runnable::run);

      store.storeAllOrNone(batch);
      assertThat(store.find(NewEntries.key("large"))).isInstanceOf(StoredEntry.class);
    }
  }

  /** It was refused, and a tenth of all others went in the background. */
  @Test
  void entryThatNeverFitsDropsNothing() {
    try (KindStore store = open(CullOrder.STORED)) {
      fill(store, 10);
      assertThat(store.store(NewEntries.entry("large", 1, 10_000)).outcome())
          .isEqualTo(Stored.Outcome.NO_ROOM);
      putOff.forEach(Runnable::run);

      assertThat(left(store, 10)).hasSize(10);
    }
  }

  @Test
  void cullGoesDownToTheLowWatermark() {
    try (KindStore store = TestLimits.ample().open(directory, clock)) {
      fill(store, 40);
    }
    try (KindStore store = open(CullOrder.STORED)) {
      assertThat(store.countToCull()).isEqualTo(31);
      assertThat(store.cull()).isEqualTo(31);
      assertThat(store.size()).isEqualTo(new KindStore.Size(9, 9_000));
      assertThat(store.cull()).isZero();
      fill(store, 1);
      assertThat(store.size().entries()).isEqualTo(10);
    }
  }

  @Test
  void noneKeepsAll() {
    try (KindStore store = open(CullOrder.NONE)) {
      fill(store, 12);
      assertThat(putOff).isEmpty();
      assertThat(left(store, 12)).hasSize(10).doesNotContain("k10", "k11");
      assertThat(store.store(NewEntries.entry("k3", 1, VALUE)).outcome())
          .isEqualTo(Stored.Outcome.STORED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hitNeverWrites(EvictionPolicy policy) throws Exception {
    for (long memory : List.of(0L, 1L << 20)) {
      Profile profile = Profile.builder()
          .evictionPolicy(policy)
          .memoryLimit(memory)
          .minFileSize(1000)
          .build();
      try (DiskMemo memo = Stores.open(directory, profile)) {
        TestMethod<String> small = TestMethod.text("m").tags("t").in(memo);
        KindCache kind = memo.kind("default");
        small.call("a");
        kind.put("k", "x".repeat(5000), Duration.ofHours(1), "t");
        long before = commits();
        for (int i = 0; i < 300; i++) {
          small.call("a");
          kind.get("k", String.class);
          kind.contains("k");
          kind.stats();
        }
        assertThat(commits()).isEqualTo(before);
        assertThat(memory == 0 ? kind.stats().diskHits() : kind.stats().memoryHits())
            .isGreaterThanOrEqualTo(500);
      }
    }
  }

  private long commits() throws Exception {
    byte[] bytes = Files.readAllBytes(directory.resolve("kinds/default/coordination"));
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(192);
  }

  /** They were taken for a cull, and forgotten when it was rolled back. */
  @Test
  void readsSurviveAFailedStore() {
    try (KindStore store = open(CullOrder.ACCESSED)) {
      fill(store, 10);
      clock.advance(Duration.ofSeconds(1));
      assertThat(store.find(NewEntries.key("k0"))).isInstanceOf(StoredEntry.class);
      List<NewEntry> tooMuch =
          List.of(NewEntries.entry("a", 1, VALUE), NewEntries.entry("b", 1, 5 * VALUE));
      assertThatThrownBy(() -> store.storeAllOrNone(tooMuch)).isInstanceOf(DiskException.class);
      putOff.clear();
      storeOneMore(store);

      assertThat(left(store, 10)).contains("k0").doesNotContain("k1");
    }
  }

  @Test
  void writingDownOfReadsEndsWhileOthersRead() throws Exception {
    AtomicReference<Runnable> atEachLook = new AtomicReference<>();
    InstantSource looked = () -> {
      Runnable once = atEachLook.getAndSet(null);
      if (once != null) {
        once.run();
        atEachLook.set(once);
      }
      return clock.instant();
    };
    try (KindStore store = TestLimits.ample().order(CullOrder.ACCESSED).open(directory, looked);
        Threads threads = new Threads()) {
      fill(store, 1);
      Key key = NewEntries.key("k0");
      RowIdentity row = ((StoredEntry) store.find(key)).identity();
      atEachLook.set(() -> store.noteAccesses(key, row, 1)); // also while reads are written
      Future<Boolean> flush = threads.begin(() -> {
        store.flushAccesses();
        return true;
      });
      try {
        assertThat(Threads.result(flush)).isTrue();
      } finally {
        atEachLook.set(() -> {});
      }
    }
  }
}
