package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.diskmemo.BackupReport;
import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.EvictionReport;
import io.diskmemo.KindCache;
import io.diskmemo.Maintenance;
import io.diskmemo.MaintenanceException;
import io.diskmemo.MaintenanceReport;
import io.diskmemo.Profile;
import io.diskmemo.Progress;
import io.diskmemo.StoreException;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private DiskMemo open() {
    return Stores.open(directory, clock);
  }

  private static TestMethod<String> version(int version, DiskMemo memo) {
    return TestMethod.text("m")
        .spec(spec -> spec.version(version))
        .tags("v" + version)
        .in(memo);
  }

  private static void fill(KindCache kind, int entries, String tag) {
    for (int i = 0; i < entries; i += 500) {
      Map<String, byte[]> page = new HashMap<>();
      for (int j = i; j < Math.min(entries, i + 500); j++) {
        page.put(tag + j, new byte[300]);
      }
      kind.putAll(page, DAY, tag);
    }
  }

  @Test
  void versionThatNobodyUsesIsDroppedAfterAWhile() {
    try (DiskMemo memo = open()) {
      version(1, memo).call("a");
    }
    clock.advance(DAY);
    try (DiskMemo memo = open()) {
      version(2, memo).call("a");
      clock.advance(Duration.ofDays(29).minusMillis(1));
      assertThat(memo.maintenance().run().get(0).outdated()).isZero();
      clock.advance(DAY);

      assertThat(memo.maintenance().dryRun().run().get(0).outdated()).isEqualTo(1);
      assertThat(memo.maintenance().dryRun().dropOutdated(DAY))
          .containsExactly(new EvictionReport("default", 1));
      MaintenanceReport report = memo.maintenance().run().get(0);
      assertThat(report.outdated()).isEqualTo(1);
      assertThat(report.unusedTags()).isEqualTo(1);
      assertThat(report.entries()).isEqualTo(1);
      assertThat(report.check().isSound()).isTrue();
      assertThat(report.isComplete()).isTrue();
      assertThat(version(2, memo).peek("a")).isPresent();
      assertThat(version(1, memo).peek("a")).isEmpty();
    }
  }

  /** Its milliseconds do not fit a number. */
  @Test
  void timeThatNoClockCanTellDropsNothing() {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    try (DiskMemo memo = open()) {
      version(1, memo).call("a");
      clock.advance(DAY);
      version(2, memo).call("a");
      clock.advance(Duration.ofDays(1000));

      assertThat(memo.maintenance().dropOutdated(forEver))
          .containsExactly(new EvictionReport("default", 0));
      assertThat(memo.maintenance().outdatedAfter(forEver).run().get(0).outdated())
          .isZero();
    }
  }

  @Test
  void onlyVersionOfAMethodIsNeverOutdatedNorIsWhatWasPutByHand() {
    try (DiskMemo memo = open()) {
      version(1, memo).call("a");
      memo.kind("default").put("k", "v");
      clock.advance(Duration.ofDays(1000));

      assertThat(memo.maintenance().dropOutdated(DAY))
          .containsExactly(new EvictionReport("default", 0));
    }
  }

  /** Of two applications that share a store, one may be older. */
  @Test
  void versionThatSomebodyBoundSinceIsInUse() {
    try (DiskMemo memo = open()) {
      version(1, memo).call("a");
      version(2, memo).call("a");
    }
    clock.advance(Duration.ofDays(20));
    try (DiskMemo older = open()) {
      version(1, older);
      older.kind("default").put("k", "v"); // the note goes with another write
    }
    clock.advance(Duration.ofDays(20));
    try (DiskMemo newer = open()) {
      version(2, newer).call("b");

      assertThat(newer.maintenance().run().get(0).outdated()).isZero();
      clock.advance(Duration.ofDays(11));
      version(2, newer).call("c");
      assertThat(newer.maintenance().run().get(0).outdated()).isEqualTo(1);
    }
  }

  @Test
  void longRunningProcessNotesEachDayThatItsVersionsAreInUse() {
    try (DiskMemo older = open();
        DiskMemo newer = open()) {
      TestMethod<String> old = version(1, older);
      old.call("a");
      version(2, newer).call("a");
      clock.advance(Duration.ofDays(40));
      old.call("b");
      clock.advance(DAY);
      version(2, newer).call("b");

      assertThat(newer.maintenance().run().get(0).outdated()).isZero();
    }
  }

  @Test
  void bindingAMethodCostsNoWrite() throws Exception {
    try (DiskMemo memo = open()) {
      version(1, memo);

      assertThat(Stores.tamper(directory, "UPDATE method SET used = 1")).isZero();
      memo.kind("default").put("k", "v");
      assertThat(Stores.tamper(directory, "UPDATE method SET used = 1 WHERE used > 1"))
          .isEqualTo(1);
    }
  }

  @Test
  void outdatedMethodWithThousandsOfEntriesGoesInSteps() {
    List<Progress> progress = new ArrayList<>();
    try (DiskMemo memo = open()) {
      TestMethod<String> old = version(1, memo);
      for (int i = 0; i < 2_100; i++) {
        old.call("a" + i);
      }
    }
    try (DiskMemo memo = open()) {
      clock.advance(DAY);
      version(2, memo).call("a");
      clock.advance(DAY);

      assertThat(memo.maintenance()
              .onProgress(progress::add)
              .dropOutdated(Duration.ofHours(12))
              .get(0)
              .evicted())
          .isEqualTo(2_100);
      assertThat(progress)
          .containsExactly(
              new Progress("default", "drop outdated", 0),
              new Progress("default", "drop outdated", 1000),
              new Progress("default", "drop outdated", 2000),
              new Progress("default", "drop outdated", 2100));
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void cancelledRunEndsAfterTheStepAndSaysSo() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"), 2_500, "t");
      clock.advance(DAY);
      List<Progress> progress = new ArrayList<>();

      MaintenanceReport report = memo.maintenance()
          .onProgress(progress::add)
          .cancelWhen(() -> progress.size() == 2)
          .run()
          .get(0);

      assertThat(report.isComplete()).isFalse();
      assertThat(report.expired()).isEqualTo(1000);
      assertThat(report.entries()).isEqualTo(1500);
      assertThat(progress).hasSize(2);
      assertThat(memo.maintenance().run().get(0).expired()).isEqualTo(1500);
    }
  }

  @Test
  void interruptedThreadEndsTheRunAndStaysInterrupted() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"), 1_500, "t");
      clock.advance(DAY);
      MaintenanceReport report = memo.maintenance()
          .onProgress(progress -> {
            if (progress.done() > 0) {
              Thread.currentThread().interrupt();
            }
          })
          .run()
          .get(0);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.isComplete()).isFalse();
      assertThat(report.expired()).isEqualTo(1000);
    }
  }

  @Test
  void cancelledEvictionLeavesTheKindsThatItHasNotBegun() {
    try (DiskMemo memo = open()) {
      memo.kind("aaa").put("k", "v");
      memo.kind("default").put("k", "v");
      assertThat(memo.maintenance().cancelWhen(() -> true).clear()).isEmpty();
      assertThat(memo.kind("aaa").get("k", String.class)).contains("v");

      memo.maintenance()
          .cancelWhen(() -> memo.kind("aaa").stats().entries() == 0)
          .clear();
      assertThat(memo.kind("aaa").get("k", String.class)).isEmpty();
      assertThat(memo.kind("default").get("k", String.class)).contains("v");
    }
  }

  /** Nobody would know that nothing was evicted. */
  @Test
  void interruptedThreadEvicts() {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("k", "v");
      Thread.currentThread().interrupt();
      assertThat(memo.maintenance().clear().get(0).evicted()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(memo.kind("default").get("k", String.class)).isEmpty();
    }
  }

  /** It listed what is on disk, and memory went on answering. */
  @Test
  void kindThatIsOnlyInMemoryIsEvictedOrTheCallerIsTold() {
    Profile unusable = Profile.builder()
        .encryptionKey(() -> {
          throw new IllegalStateException("the vault is closed");
        })
        .build();
    try (DiskMemo memo = Stores.open(directory, clock, unusable)) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
      method.call("a");
      method.call("a");
      assertThat(method.computations()).isEqualTo(1);

      assertThatThrownBy(() -> memo.maintenance().evict(EvictionFilter.all().withTag("t")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("encryptionKey of kind default throws");
      method.call("a");
      assertThat(method.computations()).isEqualTo(2);
    }
  }

  @Test
  void runGivesRoomBackToTheFileSystemAndCutsTheLog() throws Exception {
    Path database = directory.resolve("kinds/default/cache-2-1.db");
    try (DiskMemo memo = Stores.open(directory, clock)) {
      fill(memo.kind("default"), 5_000, "t");
      memo.kind("default").put("kept", "v");
      memo.maintenance().run();
      long before = Files.size(database);
      clock.advance(Duration.ofHours(1));
      memo.maintenance().evict(EvictionFilter.all().withTag("t"));
      MaintenanceReport report = memo.maintenance().run().get(0);

      assertThat(report.freedBytes()).isGreaterThan(before / 2);
      assertThat(Files.size(database)).isEqualTo(before - report.freedBytes());
      assertThat(directory.resolve("kinds/default/cache-2-1.db-wal")).isEmptyFile();
      assertThat(memo.kind("default").get("kept", String.class)).contains("v");
      assertThat(report.check().isSound()).isTrue();
    }
  }

  @Test
  void runWaitsForNobodyWhoReads() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"), 10, "t");
      try (var reader = Stores.database(directory)) {
        reader.createStatement().execute("BEGIN");
        reader.createStatement().executeQuery("SELECT count(*) FROM entry").close();
        fill(memo.kind("default"), 10, "u");

        assertThat(memo.maintenance().run().get(0).isComplete()).isTrue();
        reader.createStatement().execute("COMMIT");
      }
    }
  }

  @Test
  void evictionsOfMaintenanceWaitUntilAllIsRemoved() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"), 3_000, "t");
      assertThat(memo.maintenance().evict(EvictionFilter.all().withTag("t")))
          .containsExactly(new EvictionReport("default", 3_000));
      assertThat(memo.kind("default").volume()).isZero();
    }
  }

  @Test
  void clearOfMaintenanceLeavesNoFiles() {
    Profile files = Profile.builder().minFileSize(100).build();
    try (DiskMemo application = Stores.open(directory, clock, files);
        DiskMemo tool = Stores.open(directory, clock, files)) {
      fill(application.kind("default"), 1_500, "t");
      tool.maintenance().clear();

      assertThat(ValueFilesOf.defaultIn(directory).paths()).isEmpty();
      assertThat(directory.resolve("kinds/default/cache-2-1.db")).doesNotExist();
      assertThat(application.kind("default").get("t1", byte[].class)).isEmpty();
      assertThat(application.kind("default").put("t1", "new")).isTrue();
      assertThat(tool.kind("default").get("t1", String.class)).contains("new");
    }
  }

  @Test
  void kindThatIsNoDatabaseAnyMoreIsReportedAndTheOthersAreDone() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("aaa").put("k", "v");
      memo.kind("default").put("k", "v");
      memo.kind("zzz").put("k", "v", DAY);
    }
    Path database = directory.resolve("kinds/default/cache-2-1.db");
    Files.write(database, new byte[20_000]);
    clock.advance(DAY);
    try (DiskMemo memo = open()) {
      List<CheckReport> checks = memo.maintenance().check();
      assertThat(checks).extracting(CheckReport::kind).containsExactly("aaa", "default", "zzz");
      assertThat(checks).extracting(CheckReport::isSound).containsExactly(true, false, true);
      assertThat(checks).extracting(CheckReport::repaired).containsExactly(false, true, false);
      assertThat(checks.get(1).problems())
          .containsExactly("the database cache-2-1.db was damaged or missing, and was set aside;"
              + " 0 entries came back from no backup, 0 from their value files");
      assertThat(checks.get(1).quarantined())
          .anyMatch(name -> name.endsWith("-cache-2-1.db"))
          .anyMatch(name -> name.endsWith("-cache-2-1.txt"));

      List<MaintenanceReport> reports = memo.maintenance().run();
      assertThat(reports)
          .extracting(MaintenanceReport::isComplete)
          .containsExactly(true, true, true);
      assertThat(reports.get(2).expired()).isEqualTo(1);
      assertThat(memo.maintenance().check()).allMatch(CheckReport::isSound);
      assertThat(memo.kind("zzz").volume()).isZero();
    }
  }

  /** What cannot be told to be damaged: somebody else's directory in the place of the database. */
  private void putADirectoryInThePlaceOfTheDatabase() throws Exception {
    Path database = directory.resolve("kinds/default/cache-2-1.db");
    Files.delete(database);
    Files.createDirectories(database.resolve("child"));
  }

  private static <T> List<T> reportsOfOthers(
      Class<T> type, ThrowableAssert.ThrowingCallable maintenance) {
    MaintenanceException thrown = catchThrowableOfType(MaintenanceException.class, maintenance);
    assertThat(thrown)
        .hasMessageStartingWith("default: ")
        .hasMessageContaining("unable to open")
        .hasCause(thrown.failures().get("default"));
    assertThat(thrown.failures().get("default")).isInstanceOf(StoreException.class);
    return thrown.reports(type);
  }

  @Test
  void kindThatCannotBeReadIsNotSaidToBeDamagedAndTheOthersAreDone() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("aaa").put("k", "v");
      memo.kind("default").put("k", "v");
    }
    putADirectoryInThePlaceOfTheDatabase();
    try (DiskMemo memo = open()) {
      Maintenance all = memo.maintenance();
      assertThat(reportsOfOthers(CheckReport.class, all::check))
          .containsExactly(new CheckReport("aaa", 1, 0, List.of(), false, List.of()));
      assertThat(reportsOfOthers(MaintenanceReport.class, all::run))
          .extracting(MaintenanceReport::kind)
          .containsExactly("aaa");
      assertThat(reportsOfOthers(BackupReport.class, all::backup))
          .extracting(BackupReport::entries)
          .containsExactly(1L);
      assertThat(reportsOfOthers(EvictionReport.class, all::clear))
          .containsExactly(new EvictionReport("aaa", 1));
      assertThat(memo.kind("aaa").volume()).isZero();
    }
  }

  /** SQLite's own check says nothing of a database that it cannot open. */
  @Test
  void openKindWhoseFileCannotBeOpenedAgainIsNotSaidToBeDamaged() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("k", "v");
      putADirectoryInThePlaceOfTheDatabase();

      assertThatThrownBy(() -> memo.maintenance().check())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("unable to open");
    }
  }

  @Test
  void checkOnlyReportsAndRepairRepairs() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"), 3, "t");
      Stores.tamper(directory, "UPDATE entry SET value = x'' WHERE id = 2");
      CheckReport found = new CheckReport("default", 3, 1, List.of(), false, List.of());

      assertThat(memo.maintenance().check()).containsExactly(found);
      assertThat(memo.maintenance().dryRun().repair()).containsExactly(found);
      assertThat(memo.maintenance().repair())
          .containsExactly(new CheckReport(
              "default", 3, 1, List.of(), true, memo.kind("default").check().quarantined()));
      assertThat(memo.maintenance().check().get(0).isSound()).isTrue();
    }
  }

  @Test
  void timeAfterWhichVersionsAreOutdatedIsPositive() {
    try (DiskMemo memo = open()) {
      assertThatThrownBy(() -> memo.maintenance().outdatedAfter(Duration.ZERO))
          .hasMessage("versions are outdated after PT0S; give a positive time");
    }
  }
}
