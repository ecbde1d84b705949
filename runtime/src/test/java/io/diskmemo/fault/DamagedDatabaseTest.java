package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreHealth;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of a database, results come back or are computed, and the store goes on. */
class DamagedDatabaseTest {
  private static final boolean LONG = Boolean.getBoolean("tests.every.call");
  private static final int ENTRIES = 300;

  static final Profile PROFILE = Profile.builder()
      .minFileSize(1000)
      .memoryLimit(0)
      .timeout(Duration.ofSeconds(20))
      .build();

  @TempDir
  Path directory;

  @TempDir
  private Path beside;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private enum Damage {
    HEADER(database -> overwrite(database, 0, "garbage, and no database".repeat(10))),
    ONE_PAGE(database -> overwrite(database, 2 * 4096, "\0".repeat(4096))),
    EVERY_PAGE_BUT_THE_FIRST(database ->
        overwrite(database, 4096, "x".repeat((int) Files.size(database) - 4096))),
    ZEROS(database -> overwrite(database, 0, "\0".repeat((int) Files.size(database)))),
    CUT(database -> cut(database, Files.size(database) / 2)),
    CUT_IN_THE_FIRST_PAGE(database -> cut(database, 60)),
    EMPTY(database -> cut(database, 0)),
    MISSING(Files::delete),
    TEXT(database -> Files.writeString(database, "This is no database.")),
    NO_TABLES(database -> Files.write(database, new byte[0])),
    MISSING_WITH_POINTER(database -> {
      Files.delete(database);
      Files.delete(database.resolveSibling("current"));
    });

    private final Work work;

    Damage(Work work) {
      this.work = work;
    }

    private interface Work {
      void on(Path database) throws IOException;
    }

    private static void overwrite(Path database, long at, String text) throws IOException {
      try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), at);
      }
    }

    private static void cut(Path database, long length) throws IOException {
      try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    }
  }

  /** Every fifth is in a file. */
  static String valueOf(String argument) {
    return argument.endsWith("5") || argument.endsWith("0")
        ? argument + "y".repeat(3000)
        : argument + "!";
  }

  private static void callAll(TestMethod<String> method) {
    IntStream.range(0, ENTRIES)
        .mapToObj(i -> "a" + i)
        .forEach(argument -> assertThat(method.call(argument)).isEqualTo(valueOf(argument)));
  }

  private void fill(boolean withBackup) {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      callAll(DamageProcess.method(memo));
      if (withBackup) {
        memo.maintenance().backup();
      }
    }
  }

  private Path kind() {
    return directory.resolve("kinds/default");
  }

  private Path database() {
    return kind().resolve("cache-2-1.db");
  }

  @ParameterizedTest
  @EnumSource
  void nextProcessHasTheBackup(Damage damage) throws Exception {
    fill(true);
    damage.work.on(database());
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);
      callAll(method);
      awaitGeneration(2); // where only a read found it
      Health.await(memo, "default", StoreHealth.State.HEALTHY);
      callAll(method);

      assertThat(method.computations()).isLessThanOrEqualTo(ENTRIES);
      CheckReport report = memo.kind("default").check();
      assertThat(report.repaired()).isTrue();
      assertThat(report.damaged()).isZero();
      assertThat(report.problems())
          .singleElement()
          .asString()
          .contains(ENTRIES + " entries came back from the backup");
      assertThat(report.quarantined()).anyMatch(name -> name.endsWith(".txt"));
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
    requireHits(ENTRIES);
  }

  private void requireHits(int least) {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);
      callAll(method);
      assertThat(ENTRIES - method.computations()).isGreaterThanOrEqualTo(least);
      memo.maintenance().run(); // its check may have the revival to report
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeValuesComeBackWithoutABackup(Damage damage) throws Exception {
    fill(false);
    damage.work.on(database());
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);
      callAll(method);
      awaitGeneration(2);
      Health.await(memo, "default", StoreHealth.State.HEALTHY);

      callAll(method);
      assertThat(memo.kind("default").check().problems())
          .singleElement()
          .asString()
          .contains("0 entries came back from no backup, ");
      assertThat(memo.evictTag("t5")).isEqualTo(ENTRIES / 10);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
    requireHits(ENTRIES - ENTRIES / 10);
  }

  /** A revival happens in the background, of this process or another. */
  private void awaitGeneration(long generation) {
    await(() ->
        Files.readString(kind().resolve("current")).equals("cache-2-" + generation + ".db\n"));
    CoordinationFile counters = new CoordinationFile(directory, "default");
    await(() -> counters.generation() == generation);
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) {
    Patience.until("it comes in the background", () -> {
      try {
        return condition.holds();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
  }

  /** What was evicted after the backup is in it, and nobody can say any more that it was evicted. */
  @Test
  void backupFromBeforeAnEvictionIsNotTaken() throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      callAll(DamageProcess.method(memo));
      memo.maintenance().backup();
      memo.evictTag("t5");
    }
    Damage.HEADER.work.on(database());
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);

      assertThat(method.peek("a5")).isEmpty();
      assertThat(method.peek("a1")).isEmpty();
      assertThat(method.peek("a10")).isPresent(); // its file
    }
  }

  @Test
  void whatWasPutByHandDoesNotComeBackOlder() throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      memo.kind("default").put("k", 1);
      memo.maintenance().backup();
      memo.kind("default").put("k", 2);
    }
    Damage.HEADER.work.on(database());
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      assertThat(memo.kind("default").get("k", Integer.class)).isEmpty();
    }
  }

  /** SQLite would go on in a file that nobody else finds. */
  @Test
  void databaseThatIsDeletedUnderARunningProcessIsMadeAnew() throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);
      callAll(method);
      memo.maintenance().backup();
      try (Stream<Path> all = Files.list(kind())) {
        for (Path file :
            all.filter(one -> one.getFileName().toString().startsWith("cache-")).toList()) {
          Files.delete(file);
        }
      }
      method.call("new");
      awaitGeneration(2);
      Health.await(memo, "default", StoreHealth.State.HEALTHY);

      callAll(method);
      assertThat(method.computations()).isEqualTo(ENTRIES + 1);
      assertThat(method.call("new")).isEqualTo("new!");
    }
    requireHits(ENTRIES);
  }

  @Test
  void twoProcessesThatNoticeAtOnceGoOnWithOneNewDatabase() throws Exception {
    fill(true);
    try (ChildJvm one = ChildJvm.start(DamageProcess.class, directory);
        ChildJvm other = ChildJvm.start(DamageProcess.class, directory)) {
      one.awaitLine("open");
      other.awaitLine("open");
      Files.delete(database());
      one.tell("call x6"); // with tags that are not asked for below
      other.tell("call x7");
      one.awaitLine("x6!");
      other.awaitLine("x7!");
      awaitGeneration(2);
      assertThat(one.ask("healthy")).isEqualTo("healthy");
      assertThat(other.ask("healthy")).isEqualTo("healthy");

      assertThat(one.ask("call y3")).isEqualTo("y3!");
      assertThat(other.ask("computations")).isEqualTo("1");
      assertThat(other.ask("call y3")).isEqualTo("y3!");
      assertThat(other.ask("call a1")).isEqualTo("a1!");
      assertThat(other.ask("computations")).isEqualTo("1");
      assertThat(one.ask("evict t1")).isEqualTo("30");
      assertThat(other.ask("call a1")).isEqualTo("a1!");
      assertThat(other.ask("computations")).isEqualTo("2");
      one.tell("end").success();
      other.tell("end").success();
    }
    assertThat(kind().resolve("cache-2-3.db")).doesNotExist();
  }

  /** One page that cannot be read makes SQLite list many that are sound, and the next look does not. */
  @Test
  void readErrorWhileLookingDoesNotCostTheStore() throws Exception {
    Strace.require();
    fill(false);
    Path trace = beside.resolve("trace");
    int injected = 0;
    for (int moment : LONG ? IntStream.range(1, 200).toArray() : new int[] {4, 9, 14, 19, 24, 40}) {
      try (ChildJvm child = ChildJvm.startUnder(
          Strace.of("pread64")
              .into(trace)
              .on(database())
              .injecting("error=EIO:when=" + moment)
              .command(),
          LookingProcess.class,
          directory)) {
        assertThat(child.success()).containsExactly("looked");
      }
      injected += Files.readString(trace).contains("INJECTED") ? 1 : 0;
      assertThat(kind().resolve("current")).hasContent("cache-2-1.db");
      assertThat(kind().resolve("quarantine")).doesNotExist();
    }
    Files.delete(trace);
    assertThat(injected).isGreaterThan(2);
    requireHits(ENTRIES);
  }

  @Test
  void nextProcessGoesOnWhereverTheRevivalWasKilled() throws Exception {
    Strace.require();
    for (String call : List.of("rename", "link", "unlink", "fsync", "pwrite64")) {
      int kills = 0;
      for (int moment : LONG ? IntStream.range(1, 40).toArray() : new int[] {1, 4}) {
        kills += isKilledAt(call, moment) ? 1 : 0;
      }
      assertThat(kills).as(call).isPositive();
    }
  }

  private boolean isKilledAt(String call, int moment) throws IOException {
    Path original = directory;
    directory = original.resolve(call + moment);
    try {
      fill(true);
      Damage.HEADER.work.on(database());
      boolean killed;
      try (ChildJvm victim = ChildJvm.startUnder(
          Strace.of(call).injecting("signal=KILL:when=" + moment).command(),
          DamageProcess.class,
          directory)) {
        victim.tellUnlessKilled("call a1").tellUnlessKilled("end");
        victim.remainingLines();
        killed = victim.exitStatus() != 0;
      }
      requireHits(ENTRIES);
      assertThat(kind().resolve("backup/restoring")).doesNotExist();
      return killed;
    } finally {
      directory = original;
    }
  }

  static Settings settings(Path directory) {
    return Settings.builder().directory(directory).kind("default", PROFILE).build();
  }
}
