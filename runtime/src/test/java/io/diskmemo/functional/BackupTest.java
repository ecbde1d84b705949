package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.BackupReport;
import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.EvictionFilter;
import io.diskmemo.KindCache;
import io.diskmemo.Maintenance;
import io.diskmemo.Profile;
import io.diskmemo.RestoreReport;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups, and what comes back of them. */
class BackupTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final byte[] LARGE = new byte[5000];
  private static final Profile PROFILE = Profile.builder().minFileSize(1000).build();

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private DiskMemo open() {
    return Stores.open(directory, clock, PROFILE);
  }

  private Path kind() {
    return directory.resolve("kinds/default");
  }

  private Path database() throws IOException {
    return kind().resolve(Files.readString(kind().resolve("current")).strip());
  }

  /** Damage that SQLite can read, and that no backup has. */
  @Test
  void comesBackWhereTheLiveDatabaseLostTheNameOfAMethod() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
    }
    String methods = "WHERE name = 'method'";
    Stores.tamper(
        directory,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL', 'name TEXT') "
            + methods);
    Stores.tamper(directory, "UPDATE method SET name = NULL");
    Stores.tamper(
        directory,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT', 'name TEXT NOT NULL') "
            + methods);

    try (DiskMemo memo = open()) {
      assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(2);
      assertFilled(memo.kind("default"));
    }
  }

  private static void fill(KindCache kind) {
    kind.put("small", "v1", DAY, "s");
    kind.put("large", LARGE, DAY, "l");
  }

  private static RestoreReport only(List<RestoreReport> reports) {
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  private static void assertFilled(KindCache kind) {
    assertThat(kind.get("small", String.class)).contains("v1");
    assertThat(kind.get("large", byte[].class)).contains(LARGE);
    assertThat(kind.check().isSound()).isTrue();
  }

  @Test
  void backupComesBackUnderThoseWhoHaveTheKindOpen() throws Exception {
    try (DiskMemo memo = open();
        DiskMemo other = open()) {
      KindCache kind = memo.kind("default");
      fill(kind);
      BackupReport backup = memo.maintenance().backup().get(0);
      assertThat(backup)
          .isEqualTo(
              new BackupReport("default", Optional.of("20300101T000000Z-1"), 2, kind.volume()));
      other.kind("default").put("later", "x");
      other.kind("default").put("small", "v2");

      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report)
          .isEqualTo(new RestoreReport(
              "default", Optional.of("20300101T000000Z-1"), 2, 0, 0, 0, 0, true, true));
      for (DiskMemo each : List.of(memo, other)) {
        assertFilled(each.kind("default"));
        assertThat(each.kind("default").contains("later")).isFalse();
      }
      other.kind("default").put("small", "v3");
      assertThat(kind.get("small", String.class)).contains("v3");
      assertThat(ValueFilesOf.defaultIn(directory).inRows()).hasSize(1);
      assertThat(memo.maintenance().run().get(0).check().isSound()).isTrue();
      assertThat(ValueFilesOf.defaultIn(directory).onDisk())
          .filteredOn(name -> !name.startsWith("backup"))
          .isEqualTo(List.copyOf(ValueFilesOf.defaultIn(directory).inRows()));
    }
  }

  @Test
  void theSameBackupCanBeRestoredAgain() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      for (int i = 0; i < 3; i++) {
        memo.kind("default").put("later", "x");
        assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(2);
        assertFilled(memo.kind("default"));
      }
    }
  }

  @Test
  void whatWasEvictedSinceStaysEvicted() {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      TestMethod<String> kept = TestMethod.text("kept").tags("k").in(memo);
      TestMethod<String> evicted = TestMethod.text("evicted").tags("e").in(memo);
      kept.call("a");
      evicted.call("a");
      kind.put("tagged", "v", DAY, "t");
      memo.maintenance().backup();
      memo.evictTag("t");
      memo.maintenance().evict(EvictionFilter.all().withMethod("io.test.Sample.evicted"));
      memo.maintenance().run(); // which drops the names of tags

      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.entries()).isEqualTo(1);
      assertThat(report.evicted()).isEqualTo(2);
      assertThat(kind.contains("tagged")).isFalse();
      assertThat(kept.peek("a")).isPresent();
      assertThat(evicted.peek("a")).isEmpty();
      assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(1);
      memo.maintenance().clear();
      assertThat(only(memo.maintenance().restore()).entries()).isZero();
      assertThat(kind.check().isSound()).isTrue();
    }
  }

  /** One that was deleted counted for its method, and all that was put by hand has the same. */
  @Test
  void deletionOfOneValueTakesNoOthers() {
    try (DiskMemo memo = open()) {
      KindCache cache = memo.kind("default");
      cache.put("a", "v");
      cache.put("b", "v", DAY, "t");
      cache.put("deleted", "v");
      memo.maintenance().backup();
      cache.delete("deleted");
      cache.delete(Key.of(new byte[Key.LENGTH])); // of no entry
      cache.put("b", "v2", DAY, "t");

      RestoreReport report = only(memo.maintenance().restore());
      assertThat(report.entries()).isEqualTo(2);
      assertThat(report.evicted()).isEqualTo(1);
      assertThat(cache.get("a", String.class)).contains("v");
      assertThat(cache.get("b", String.class)).contains("v");
      assertThat(cache.get("deleted", String.class)).isEmpty();
      assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(2);
      assertThat(cache.get("deleted", String.class)).isEmpty();

      try (Batch batch = memo.batch()) {
        cache.delete("a");
        batch.commit();
      }
      assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(1);
      assertThat(cache.get("a", String.class)).isEmpty();
      assertThat(cache.check().isSound()).isTrue();
    }
  }

  @Test
  void computationThatAnEvictionRefusesIsRefusedAfterARestorationToo() {
    try (DiskMemo memo = open()) {
      TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
      memo.kind("default").put("k", "v");
      memo.maintenance().backup();
      method.body(argument -> {
        memo.evictTag("t");
        memo.maintenance().restore();
        return argument;
      });
      method.call("a");

      assertThat(method.peek("a")).isEmpty();
      method.body(argument -> argument);
      method.call("a");
      assertThat(method.peek("a")).isPresent();
    }
  }

  @Test
  void hiddenEntriesStayEvicted() {
    try (DiskMemo memo = open()) {
      for (int i = 0; i < 1500; i++) {
        memo.kind("default").put("k" + i, "v", DAY, "t");
      }
      memo.kind("default").put("kept", "v");
      memo.kind("default").evictTag("t");
      memo.maintenance().backup();
      memo.maintenance().restore();

      assertThat(memo.kind("default").keys()).hasSize(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void missingDatabaseComesBackFromTheBackupAndFromFiles() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      memo.kind("default").put("after", LARGE, DAY, "l");
      memo.kind("default").put("lost", "x");
    }
    Files.delete(database());
    Files.delete(kind().resolve("current"));
    try (DiskMemo memo = open()) {
      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.entries()).isEqualTo(2);
      assertThat(report.entriesFromFiles()).isEqualTo(1);
      assertThat(report.evictionsKnown()).isFalse();
      assertFilled(memo.kind("default"));
      assertThat(memo.kind("default").get("after", byte[].class)).contains(LARGE);
      assertThat(memo.evictTag("l")).isEqualTo(2);
      assertThat(memo.maintenance().run().get(0).check().isSound()).isTrue();
      assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    }
  }

  @Test
  void databaseThatIsNoneAnyMoreComesBack() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
    }
    Files.write(database(), new byte[20_000]);
    try (DiskMemo memo = open()) {
      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.entries()).isEqualTo(2);
      assertThat(report.evictionsKnown()).isFalse();
      assertFilled(memo.kind("default"));
      assertThat(database()).hasFileName("cache-2-2.db");
      memo.maintenance().run();
      assertThat(kind().resolve("cache-2-1.db")).doesNotExist();
    }
  }

  /** What the database says of evictions is read last, when the new one is in its place already. */
  @Test
  void databaseWhoseTagsCannotBeReadComesBack() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      memo.evictTag("s");
    }
    int page;
    try (Connection connection = Stores.database(directory);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'tag'")) {
      page = row.getInt(1);
    }
    try (FileChannel channel = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4096), (page - 1) * 4096L);
    }
    try (DiskMemo memo = open()) {
      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.evictionsKnown()).isFalse();
      assertFilled(memo.kind("default"));
      memo.maintenance().run();
      assertThat(ValueFilesOf.defaultIn(directory).onDisk())
          .filteredOn(name -> name.startsWith("values"))
          .hasSize(1);
    }
  }

  @Test
  void largeValuesComeBackWithoutAnyBackup() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.kind("default").put("damaged", LARGE);
    }
    List<Path> files = ValueFilesOf.defaultIn(directory).paths();
    Path damaged = files.get(0);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 1]++;
    Files.write(damaged, bytes);
    Files.write(database(), new byte[20_000]);
    try (DiskMemo memo = open()) {
      RestoreReport report = only(memo.maintenance().kind("default").restore());

      assertThat(report.backup()).isEmpty();
      assertThat(report.entriesFromFiles()).isEqualTo(1);
      assertThat(report.damaged()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
      assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    }
  }

  @Test
  void soundKindWithoutABackupIsLeftAsItIs() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      assertThat(memo.maintenance().restore()).isEmpty();
      assertThatThrownBy(() -> memo.maintenance().kind("default").restore())
          .hasMessage("restore: kind default has no sound backup, and its database is sound");
      assertFilled(memo.kind("default"));
    }
  }

  @Test
  void newestTwoAreKeptAndAnyCanBeNamed() {
    try (DiskMemo memo = open()) {
      for (int i = 0; i < 4; i++) {
        memo.kind("default").put("k", i);
        memo.maintenance().backup();
        clock.advance(Duration.ofSeconds(i % 2));
      }
      List<BackupReport> backups = memo.maintenance().backups();
      assertThat(backups)
          .extracting(backup -> backup.name().orElseThrow())
          .containsExactly("20300101T000001Z-2", "20300101T000001Z-1");
      memo.maintenance().restore("20300101T000001Z-1");
      assertThat(memo.kind("default").get("k", Integer.class)).contains(2);
      assertThatThrownBy(() -> memo.maintenance().restore("20300101T000000Z-1"))
          .hasMessage("restore: there is no backup 20300101T000000Z-1 of kind default; there are"
              + " 20300101T000001Z-2, 20300101T000001Z-1");
      memo.maintenance().keepBackups(1).backup();
      assertThat(memo.maintenance().backups()).hasSize(1);
      assertThatThrownBy(() -> memo.maintenance().keepBackups(0))
          .hasMessage("keep 0 backups? keep at least 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest", "cache.db"})
  void damagedBackupIsPassedOver(String file) throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("k", "old");
      memo.maintenance().backup();
      clock.advance(DAY);
      memo.kind("default").put("k", "new");
      String newest = memo.maintenance().backup().get(0).name().orElseThrow();
      Path damaged = kind().resolve("backup").resolve(newest).resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 4;
      Files.write(damaged, bytes);

      assertThatThrownBy(() -> memo.maintenance().restore(newest)).hasMessageContaining(newest);
      assertThat(only(memo.maintenance().restore()).backup()).contains("20300101T000000Z-1");
      assertThat(memo.kind("default").get("k", String.class)).contains("old");
    }
  }

  @Test
  void damagedEntriesOfABackupAreRefusedAndTheOthersComeBack() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.kind("default").put("large 2", LARGE);
      memo.maintenance().backup();
      Path file;
      try (Stream<Path> all = Files.walk(kind().resolve("backup"))) {
        file = all.filter(one -> one.toString().endsWith(".value")).findFirst().orElseThrow();
      }
      Files.delete(file);

      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.entries()).isEqualTo(2);
      assertThat(report.damaged()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void damagedEntriesDoNotGoIntoABackup() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.kind("default").put("damaged", "v");
      Stores.tamper(directory, "UPDATE entry SET value = x'' WHERE id = 3");
      Files.delete(ValueFilesOf.defaultIn(directory).only());

      assertThat(memo.maintenance().backup().get(0).entries()).isEqualTo(1);
      assertThat(only(memo.maintenance().restore()).entries()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void halfMadeBackupIsNoneAndIsDeleted() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      Path half = kind().resolve("backup/20300101T000000Z-1");
      memo.maintenance().backup();
      Files.delete(half.resolve("manifest"));

      assertThat(memo.maintenance().backups()).isEmpty();
      clock.advance(DAY);
      memo.maintenance().backup();
      assertThat(half).doesNotExist();
      assertThat(memo.maintenance().backups()).hasSize(1);
    }
  }

  @Test
  void cancelledBackupAndRestorationChangeNothing() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      Maintenance cancelled = memo.maintenance().cancelWhen(() -> true);
      assertThat(cancelled.backup().get(0).name()).isEmpty();
      assertThat(memo.maintenance().backups()).isEmpty();
      memo.maintenance().backup();
      memo.kind("default").put("small", "v2");

      assertThat(only(cancelled.restore()).isDone()).isFalse();
      assertThat(only(memo.maintenance().dryRun().restore()).entries()).isEqualTo(2);
      assertThat(memo.kind("default").get("small", String.class)).contains("v2");
      assertThat(memo.maintenance().dryRun().backup().get(0).entries()).isEqualTo(2);
      assertThat(memo.maintenance().backups()).hasSize(1);
      assertThat(ValueFilesOf.defaultIn(directory).onDisk())
          .filteredOn(name -> name.startsWith("values"))
          .hasSize(1);
    }
  }

  @Test
  void expiredEntriesStayAway() {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.kind("default").put("kept", "v");
      memo.maintenance().backup();
      clock.advance(DAY);

      RestoreReport report = only(memo.maintenance().restore());
      assertThat(report.expired()).isEqualTo(2);
      assertThat(report.entries()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  /** Else some of the keys were as of the backup, and the report said that nothing was done. */
  @Test
  void restorationOfSeveralDatabasesIsNotCancelledInBetween() {
    Profile sharded = PROFILE.toBuilder().shards(3).build();
    try (DiskMemo memo = Stores.open(directory, clock, sharded)) {
      KindCache cache = memo.kind("default");
      for (int i = 0; i < 30; i++) {
        cache.put("k" + i, "old");
      }
      memo.maintenance().backup();
      for (int i = 0; i < 30; i++) {
        cache.put("k" + i, "new");
      }
      Path switched = kind().resolve("shard-0/cache-2-2.db");
      assertThat(switched).doesNotExist();

      RestoreReport report =
          only(memo.maintenance().cancelWhen(() -> Files.exists(switched)).restore());

      assertThat(switched).exists();
      assertThat(report.isDone()).isTrue();
      assertThat(report.entries()).isEqualTo(30);
      for (int i = 0; i < 30; i++) {
        assertThat(cache.get("k" + i, String.class)).contains("old");
      }
    }
  }

  @Test
  void dryRestorationTakesTheBackupThatTheRealOneTakes() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      clock.advance(Duration.ofMinutes(1));
      memo.maintenance().backup();
      List<BackupReport> backups = memo.maintenance().backups();
      String newest = backups.get(0).name().orElseThrow();
      String older = backups.get(1).name().orElseThrow();
      Maintenance dry = memo.maintenance().dryRun();
      assertThat(only(dry.restore()).backup()).contains(newest);
      assertThatThrownBy(() -> dry.restore("none of that name"))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("there is no backup none of that name of kind default");

      Files.write(kind().resolve("backup").resolve(newest).resolve("cache.db"), new byte[100]);
      assertThat(only(dry.restore()).backup()).contains(older);
      assertThatThrownBy(() -> dry.restore(newest))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("is damaged; name another");
    }
  }

  /** Java's channels closed under the thread, and what was being done failed. */
  @Test
  void interruptedThreadIsToldWhatWasDone(@TempDir Path files) {
    Path file = files.resolve("export.dmx");
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      memo.maintenance().exportTo(file);
      List<Runnable> works = List.of(
          () -> assertThat(memo.maintenance().backup().get(0).name()).isEmpty(),
          () -> assertThat(only(memo.maintenance().restore()).isDone()).isFalse(),
          () -> assertThat(memo.maintenance().importFrom(file)).isEmpty(),
          () -> {
            memo.maintenance().exportTo(files.resolve("none.dmx"));
            assertThat(files.resolve("none.dmx")).doesNotExist();
          });
      for (Runnable work : works) {
        Thread.currentThread().interrupt();
        work.run();
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void severalDatabasesComeBackTogether() throws Exception {
    Profile sharded = PROFILE.toBuilder().shards(3).build();
    try (DiskMemo memo = Stores.open(directory, clock, sharded)) {
      for (int i = 0; i < 50; i++) {
        memo.kind("default").put("k" + i, i % 2 == 0 ? "small" : LARGE.clone(), DAY, "t" + i % 5);
      }
      memo.maintenance().backup();
      memo.evictTag("t1");
      Files.delete(kind().resolve("shard-1/cache-2-1.db"));
      Files.write(kind().resolve("shard-2/cache-2-1.db"), new byte[20_000]);
    }
    try (DiskMemo memo = Stores.open(directory, clock, sharded)) {
      RestoreReport report = only(memo.maintenance().restore());

      assertThat(report.evictionsKnown()).isFalse();
      assertThat(report.entries() + report.evicted()).isEqualTo(50);
      assertThat(memo.kind("default").check().isSound()).isTrue();
      assertThat(memo.kind("default").keys()).hasSize((int) report.entries());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseCanReadABackup() throws Exception {
    try (DiskMemo memo = open()) {
      fill(memo.kind("default"));
      memo.maintenance().backup();
      try (Stream<Path> all = Files.walk(kind().resolve("backup"))) {
        assertThat(all)
            .allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("------"));
      }
    }
  }
}
