package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
  @TempDir
  Path directory;

  @Test
  void hitsMissesAndStoresAreCountedByTier() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a");
      method.call("a");
      method.call("b");
      Stats stats = memo.kind("default").stats();

      assertThat(stats.memoryHits()).isEqualTo(1);
      assertThat(stats.diskHits()).isZero();
      assertThat(stats.hits()).isEqualTo(1);
      assertThat(stats.missesAbsent()).isEqualTo(2);
      assertThat(stats.misses()).isEqualTo(2);
      assertThat(stats.computations()).isEqualTo(2);
      assertThat(stats.stores()).isEqualTo(2);
      assertThat(stats.entries()).isEqualTo(2);
      assertThat(stats.sizeBytes()).isPositive().isEqualTo(memo.kind("default").volume());
      assertThat(stats.sizeLimitBytes()).isEqualTo(1L << 30);
      assertThat(stats.kind()).isEqualTo("default");
    }
  }

  @Test
  void everyHitSavesTheTimeOfItsComputation() {
    Duration saved;
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a");
      assertThat(memo.kind("default").stats().timeSaved()).isZero();
      method.call("a");
      saved = memo.kind("default").stats().timeSaved();
      method.call("a");

      assertThat(saved).isPositive();
      assertThat(memo.kind("default").stats().timeSaved()).isEqualTo(saved.multipliedBy(2));
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod.text("m").in(memo).call("a");

      assertThat(memo.kind("default").stats().timeSaved()).isEqualTo(saved);
    }
  }

  @Test
  void totalsAddUpOverAllOpenings() {
    for (int opening = 1; opening <= 3; opening++) {
      try (DiskMemo memo = Stores.open(directory)) {
        TestMethod<String> method = TestMethod.text("m").in(memo);
        method.call("a");
        method.call("a");
        method.call("only in " + opening);
        Stats totals = memo.maintenance().stats().get(0);

        assertThat(totals.computations()).isEqualTo(1 + opening);
        assertThat(totals.diskHits()).isEqualTo(opening - 1);
        assertThat(totals.memoryHits()).isEqualTo(opening);
        assertThat(memo.kind("default").stats().memoryHits()).isEqualTo(1);
        assertThat(memo.maintenance().stats()).containsExactly(totals);
      }
    }
  }

  @Test
  void nanosecondsOfAnOlderStoreCountInTheTimeSaved() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("default").put("k", 1);
    }
    Stores.tamper(
        directory,
        "INSERT INTO total VALUES ('saved_nanos', 5000000000)",
        "INSERT INTO total VALUES ('saved_micros', 2000000)");
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(memo.maintenance().stats().get(0).timeSaved()).isEqualTo(Duration.ofSeconds(7));
      Stores.tamper(directory, "UPDATE total SET value = -1 WHERE name = 'saved_nanos'");
      assertThat(memo.maintenance().stats().get(0).timeSaved()).isEqualTo(Duration.ofSeconds(2));
    }
  }

  /** SQLite makes a floating-point number of a sum that is too large. */
  @Test
  void totalsStayAtTheHighestNumber() throws Exception {
    try (KindStore store = TestLimits.ample().open(directory, new TestClock())) {
      for (int i = 0; i < 3; i++) {
        store.addTotals(Map.of("n", Long.MAX_VALUE - 1));
      }
      assertThat(store.totals()).containsEntry("n", Long.MAX_VALUE);
    }
    try (Connection connection = Stores.database(directory);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT typeof(value) FROM total")) {
      assertThat(row.getString(1)).isEqualTo("integer");
    }
  }

  @Test
  void totalsAreNotKeptWhereStatisticsAreOff() {
    Profile off = Profile.builder().statistics(false).build();
    try (DiskMemo memo = Stores.open(directory, off)) {
      TestMethod.text("m").in(memo).call("a");

      assertThat(memo.kind("default").stats().computations()).isEqualTo(1);
    }
    try (DiskMemo memo = Stores.open(directory, off)) {
      assertThat(memo.maintenance().kind("default").stats().get(0).computations())
          .isZero();
    }
  }

  @Test
  void kindWithoutAMemoryTierAnswersFromDisk() {
    try (DiskMemo memo = Stores.open(directory, Profile.builder().memoryLimit(0).build())) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a");
      method.call("a");

      assertThat(memo.kind("default").stats().memoryHits()).isZero();
      assertThat(memo.kind("default").stats().diskHits()).isEqualTo(1);
    }
  }

  @Test
  void hitsInABatchAreHits() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      KindCache kind = memo.kind("default");
      try (Batch batch = memo.batch()) {
        method.call("a");
        method.call("a");
        kind.put("k", "v");
        kind.get("k", String.class);
        batch.commit();
      }
      assertThat(kind.stats().memoryHits()).isEqualTo(2);
    }
  }

  @Test
  void whatIsPoppedAndIncrementedIsCounted() {
    try (DiskMemo memo = Stores.open(directory)) {
      KindCache kind = memo.kind("default");
      kind.increment("n", 1);
      kind.increment("n", 1);
      assertThat(kind.stats().stores()).isEqualTo(2);
      assertThat(kind.pop("n", Long.class)).contains(2L);
      assertThat(kind.stats().diskHits()).isEqualTo(1);
      assertThat(kind.pop("n", Long.class)).isEmpty();
      assertThat(kind.stats().missesAbsent()).isEqualTo(1);
    }
  }
}
