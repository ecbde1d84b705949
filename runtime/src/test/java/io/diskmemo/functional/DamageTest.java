package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.WriteLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were changed behind everybody's back. */
class DamageTest {
  private static final String FLIPPED_KEY = "UPDATE entry SET key = x'00' || substr(key, 2)";

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value = x'01' || value",
        "value = substr(value, 1, length(value) - 1)",
        "value = substr(value, 1, 4) || x'7A' || substr(value, 6)",
        "value = x''",
        "value = NULL",
        "checksum = checksum + 1",
        "checksum = -checksum",
        "expires = expires - 1",
        "stored = stored + 1",
        "cost = cost + 1"
      })
  void damagedEntryIsAMissAndIsCountedAndRemovedAndComputedAgain(String damage) throws Exception {
    store();
    Stores.tamper(directory, "UPDATE entry SET " + damage);
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);

      assertThat(method.call("abc")).isEqualTo("abc!");
      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
      assertThat(memo.kind("default").stats().entries()).isEqualTo(2);
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
      method.call("abc");

      assertThat(method.computations()).isZero();
      assertThat(memo.evictTag("t")).isEqualTo(2);
    }
  }

  @Test
  void entryUnderAnothersKeyIsNotReturned() throws Exception {
    store();
    try (DiskMemo memo = Stores.open(directory)) {
      List<String> keys = memo.kind("default").keys().map(Object::toString).toList();
      // the two entries change places
      Stores.tamper(
          directory, "UPDATE entry SET key = x'00' WHERE hex(key) = upper('" + keys.get(0) + "')");
      Stores.tamper(directory, "UPDATE entry SET key = x'" + keys.get(0) + "' WHERE key <> x'00'");
      Stores.tamper(directory, "UPDATE entry SET key = x'" + keys.get(1) + "' WHERE key = x'00'");
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);

      assertThat(method.call("abc")).isEqualTo("abc!");
      assertThat(method.call("def")).isEqualTo("def!");
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(2);
    }
  }

  @Test
  void entryWithADamagedKeyIsAMissThatCheckFinds() throws Exception {
    store();
    Stores.tamper(directory, FLIPPED_KEY + " WHERE id = 1");
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
      method.call("abc");
      method.call("def");

      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").check().damaged()).isEqualTo(1);
      assertThat(memo.maintenance().repair().get(0).damaged()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
      assertThat(memo.kind("default").stats().entries()).isEqualTo(2);
    }
  }

  @Test
  void checkAndDryRunFindAndLeaveAndRunRepairs() throws Exception {
    store();
    Stores.tamper(directory, "UPDATE entry SET value = x'' WHERE id = 2");
    try (DiskMemo memo = Stores.open(directory)) {
      CheckReport found = new CheckReport("default", 2, 1, List.of(), false, List.of());

      assertThat(memo.kind("default").check()).isEqualTo(found);
      assertThat(memo.maintenance().dryRun().check()).containsExactly(found);
      assertThat(memo.maintenance().dryRun().run().get(0).check()).isEqualTo(found);
      assertThat(memo.kind("default").check()).isEqualTo(found);
      List<Object> keys = new ArrayList<>(memo.kind("default").keys().toList());
      CheckReport repaired = memo.maintenance().run().get(0).check();
      keys.removeAll(memo.kind("default").keys().toList());
      String key = "quarantine/" + keys.get(0) + ".row";
      assertThat(repaired)
          .isEqualTo(new CheckReport("default", 2, 1, List.of(), true, List.of(key)));
      assertThat(memo.kind("default").check())
          .isEqualTo(new CheckReport("default", 1, 0, List.of(), false, List.of(key)));
      assertThat(memo.evictTag("t")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE state SET entries = 7",
        "UPDATE state SET size = 0",
        "UPDATE entry SET size = size + 1",
        "DELETE FROM entry WHERE id = 1",
        "INSERT INTO entry_tag VALUES (1, 99)"
      })
  void wrongSumsAndLooseTagsAreFoundAndMended(String damage) throws Exception {
    store();
    Stores.tamper(directory, damage);
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(memo.kind("default").check().problems()).isNotEmpty();
      assertThat(memo.maintenance().run().get(0).check().repaired()).isTrue();
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void resultInMemoryOutlivesDamageOnDisk() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("abc");
      Stores.tamper(directory, "UPDATE entry SET value = x''");

      assertThat(method.call("abc")).isEqualTo("abc!");
      assertThat(memo.maintenance().run().get(0).check().damaged()).isEqualTo(1);
      assertThat(method.call("abc")).isEqualTo("abc!");
      assertThat(method.computations()).isEqualTo(2);
    }
  }

  private void store() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
      method.call("abc");
      method.call("def");
    }
  }

  /** The miss waited for the lock, only to remove the entry. */
  @Test
  void damagedEntryIsAMissAtOnceWhileAnotherProcessWrites() throws Exception {
    try (KindStore store =
        TestLimits.ample().timeout(Duration.ofHours(1)).open(directory, new TestClock())) {
      store.store(NewEntries.entry("k", 1, 10));
      Stores.tamper(directory, "UPDATE entry SET value = x'00'");
      try (Threads threads = new Threads();
          WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        assertThat(Threads.result(threads.begin(() -> store.find(NewEntries.key("k")))))
            .isEqualTo(Lookup.Miss.DAMAGED);
      }
      assertThat(store.find(NewEntries.key("k"))).isEqualTo(Lookup.Miss.DAMAGED);
      assertThat(store.find(NewEntries.key("k"))).isEqualTo(Lookup.Miss.ABSENT);
    }
  }
}
