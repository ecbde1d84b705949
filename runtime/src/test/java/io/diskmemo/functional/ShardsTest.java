package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds that are spread over several databases. */
class ShardsTest {
  private static final int ENTRIES = 300;

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private KindStore open(int databases, TestLimits limits) {
    return limits.open(directory, databases, clock, Runnable::run);
  }

  private KindStore filled(int databases) {
    KindStore store = open(databases, TestLimits.ample());
    List<NewEntry> batch = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      batch.add(NewEntries.entry("k" + i, i, i % 50 == 0 ? 2000 : 10, "all", "t" + i % 3));
    }
    assertThat(store.storeAllOrNone(batch))
        .hasSize(ENTRIES)
        .extracting(Stored::outcome)
        .containsOnly(Stored.Outcome.STORED);
    return store;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatWasSetAsideIsWhereTheReportSays(int databases) throws Exception {
    Profile profile = Profile.builder().shards(databases).build();
    Path kind = directory.resolve("kinds/default");
    Path database = kind.resolve(databases == 1 ? "cache-2-1.db" : "shard-1/cache-2-1.db");
    try (DiskMemo memo = Stores.open(directory, profile)) {
      memo.kind("default").put("k", "v");
    }
    Files.write(database, new byte[20_000]);
    try (DiskMemo memo = Stores.open(directory, profile)) {
      assertThat(memo.kind("default").check().quarantined())
          .isNotEmpty()
          .allSatisfy(path -> assertThat(kind.resolve(path)).exists());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64})
  void whatOneDatabaseDoesSeveralDo(int databases) {
    try (KindStore store = filled(databases)) {
      assertThat(store.databases()).isEqualTo(databases);
      for (int i = 0; i < ENTRIES; i++) {
        StoredEntry found = (StoredEntry) store.find(NewEntries.key("k" + i));
        assertThat(found.value()).containsOnly((byte) i);
      }
      assertThat(store.size().entries()).isEqualTo(ENTRIES);
      assertThat(store.tags())
          .extracting(KindStore.TagSize::tag, KindStore.TagSize::entries)
          .containsExactly(
              tuple("all", 300L), tuple("t0", 100L), tuple("t1", 100L), tuple("t2", 100L));
      requireKeysInOrder(store, ENTRIES);
      assertThat(store.check(false).entries()).isEqualTo(ENTRIES);

      assertThat(store.count(new EntryFilter("t1", null))).isEqualTo(100);
      assertThat(store.evict(new EntryFilter("t1", null))).isEqualTo(100);
      assertThat(store.evict(new EntryFilter("t0", "a.B.m"))).isEqualTo(100);
      for (int i = 2; i < ENTRIES; i += 6) {
        assertThat(store.touch(NewEntries.key("k" + i), clock.millis() + 1000)).isTrue();
      }
      clock.advance(Duration.ofSeconds(2));
      assertThat(store.countExpired()).isEqualTo(50);
      assertThat(store.expire()).isEqualTo(50);
      requireKeysInOrder(store, 50);
      assertThat(store.dropUnusedTags()).isPositive();
      assertThat(store.check(false).problems()).isEmpty();
      assertThat(files().onDisk()).isEqualTo(files().inRows());

      assertThat(store.evict(EntryFilter.ALL)).isEqualTo(50);
      assertThat(store.size()).isEqualTo(new KindStore.Size(0, 0));
      assertThat(files().onDisk()).isEmpty();
    }
  }

  private ValueFilesOf files() {
    return ValueFilesOf.defaultIn(directory);
  }

  private static void requireKeysInOrder(KindStore store, int count) {
    List<Key> keys = new ArrayList<>();
    for (List<Key> page = store.keys(null, 7); !page.isEmpty(); page = store.keys(last(page), 7)) {
      keys.addAll(page);
    }
    assertThat(keys)
        .hasSize(count)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparing(Key::toBytes, Arrays::compareUnsigned));
  }

  private static Key last(List<Key> keys) {
    return keys.get(keys.size() - 1);
  }

  @Test
  void keysAreSpreadEvenly() {
    try (KindStore store = filled(8)) {
      int[] counts = new int[8];
      requireKeysInOrder(store, ENTRIES);
      store.keys(null, 1000).forEach(key -> counts[(key.toBytes()[0] & 0xFF) / 32]++);
      store.evict(EntryFilter.ALL);
    }
    try (KindStore store = open(8, TestLimits.ample())) {
      for (int i = 0; i < 2000; i++) {
        store.store(NewEntries.entry("s" + i, i, 1));
      }
      for (int shard = 0; shard < 8; shard++) {
        Path database = directory.resolve("kinds/default/shard-" + shard);
        assertThat(database.resolve("current")).exists();
      }
      assertThat(store.size().entries()).isEqualTo(2000);
    }
  }

  @Test
  void clearOfManyIsByNewDatabasesWhereThereAreMany() {
    try (KindStore store = open(2, TestLimits.ample());
        KindStore other = open(2, TestLimits.ample())) {
      List<NewEntry> batch = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        batch.add(NewEntries.entry("k" + i, i, i % 1000 == 0 ? 2000 : 1));
      }
      store.storeAllOrNone(batch);
      other.find(NewEntries.key("k1"));
      assertThat(store.evict(EntryFilter.ALL)).isEqualTo(3000);
      assertThat(other.size().entries()).isZero();
      assertThat(files().onDisk()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void sizeLimitHolds(int databases) {
    long limit = 100_000;
    try (KindStore store = open(databases, TestLimits.ample().size(limit))) {
      for (int i = 0; i < 400; i++) {
        store.store(NewEntries.entry("k" + i, i, i % 7 == 0 ? 1500 : 100));
        assertThat(store.size().bytes()).isLessThanOrEqualTo(limit);
      }
      assertThat(store.size().bytes()).isGreaterThan(limit / 2);
      assertThat(files().onDisk()).isEqualTo(files().inRows());
    }
  }

  @Test
  void numberIsKeptWhateverAnotherProcessSays() {
    filled(8).close();
    for (int wanted : new int[] {1, 2, 64}) {
      try (KindStore store = open(wanted, TestLimits.ample())) {
        assertThat(store.databases()).isEqualTo(8);
        assertThat(store.find(NewEntries.key("k7"))).isInstanceOf(StoredEntry.class);
        assertThat(store.size().entries()).isEqualTo(ENTRIES);
      }
    }
  }

  @Test
  void thoseThatMakeAKindAtOnceAgreeOnTheNumber() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path kind = directory.resolve("round-" + round);
      try (Threads threads = new Threads()) {
        List<Future<KindStore>> opened = new ArrayList<>();
        for (int databases : new int[] {1, 2, 8, 3}) {
          opened.add(
              threads.begin(() -> TestLimits.ample().open(kind, databases, clock, Runnable::run)));
        }
        List<KindStore> stores = Threads.results(opened);
        for (int i = 0; i < stores.size(); i++) {
          stores.get(i).store(NewEntries.entry("k" + i, i, 10));
        }
        for (KindStore store : stores) {
          assertThat(store.databases()).isEqualTo(stores.get(0).databases());
          assertThat(store.size().entries()).isEqualTo(stores.size());
        }
        stores.forEach(KindStore::close);
      }
    }
  }

  @Test
  void batchGoesToAllDatabasesAndMethodsAreFoundAgain() {
    Profile profile = Profile.builder().shards(8).minFileSize(1000).build();
    try (DiskMemo memo = Stores.open(directory, profile)) {
      KindCache kind = memo.kind("default");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 100; i++) {
          kind.put("k" + i, "x".repeat(i * 20));
        }
        batch.commit();
      }
      assertThat(kind.stats().entries()).isEqualTo(100);
      assertThat(kind.keys()).hasSize(100);
      for (int i = 0; i < 100; i++) {
        assertThat(kind.get("k" + i, String.class)).contains("x".repeat(i * 20));
        assertThat(kind.increment("n" + i % 10, i)).isNotNegative();
      }
      assertThat(memo.maintenance().run().get(0).check().isSound()).isTrue();
    }
    try (DiskMemo memo = Stores.open(directory, profile)) {
      assertThat(memo.kind("default").get("n3", Long.class)).contains(480L);
      assertThat(memo.kind("default").clear()).isEqualTo(110);
    }
  }
}
