package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that somebody made or changed with intent. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CraftedDatabaseTest {
  private static final Profile ON_DISK = Profile.builder().memoryLimit(0).build();

  @TempDir
  Path directory;

  private Path database;

  @BeforeEach
  void makeAStore() throws Exception {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      TestMethod<String> method = method(memo);
      for (int i = 0; i < 20; i++) {
        method.call("a" + i);
      }
      memo.kind("default").put("k", "v", Duration.ofDays(1), "t");
      memo.deque("jobs", String.class).add("x");
    }
    database = directory.resolve("kinds/default/cache-2-1.db");
  }

  private static TestMethod<String> method(DiskMemo memo) {
    return TestMethod.text("m").tags("t").in(memo);
  }

  private static void change(Path database, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  static Stream<List<String>> foreignTables() {
    String forged = "PRAGMA writable_schema = ON";
    return Stream.of(
        List.of("CREATE TRIGGER x AFTER INSERT ON entry BEGIN DELETE FROM entry; END"),
        List.of("CREATE TRIGGER x BEFORE UPDATE ON state BEGIN SELECT RAISE(IGNORE); END"),
        List.of("CREATE VIEW x AS SELECT 1"),
        List.of(
            "ALTER TABLE entry RENAME TO hidden",
            "CREATE VIEW entry AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r)"
                + " SELECT * FROM r"),
        List.of("DROP TABLE total", "CREATE VIEW total AS SELECT 'hits' AS name, 1 AS value"),
        List.of("CREATE TABLE x (a)"),
        List.of("CREATE INDEX x ON entry (hex(key))"),
        List.of("CREATE INDEX x ON entry (cost) WHERE length(value) > 1"),
        List.of("ALTER TABLE entry ADD COLUMN x AS (hex(value))"),
        List.of("ALTER TABLE entry ADD COLUMN x INTEGER DEFAULT 7"),
        List.of("ALTER TABLE tag RENAME COLUMN name TO title"),
        List.of("DROP INDEX entry_method", "CREATE INDEX entry_method ON entry (method, key)"),
        List.of("CREATE VIRTUAL TABLE x USING fts5(a)"),
        List.of(
            forged,
            "UPDATE sqlite_schema SET sql = replace(sql, 'BLOB NOT NULL UNIQUE', 'TEXT UNIQUE')"
                + " WHERE name = 'entry'"),
        List.of(
            "CREATE TRIGGER x AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
            "PRAGMA user_version = 1"),
        List.of(
            "ANALYZE",
            forged,
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat AS (hex(tbl)))'"
                + " WHERE name = 'sqlite_stat1'"),
        List.of("PRAGMA user_version = 0"));
  }

  @ParameterizedTest
  @MethodSource("foreignTables")
  void aDatabaseWithOtherTablesIsRefusedAndStaysAsItIs(List<String> statements) throws Exception {
    change(database, statements.toArray(String[]::new));
    byte[] before = Files.readAllBytes(database);

    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
            memo.kind("default").check();
          }
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("this is no database that this library made");
    assertThat(Files.readAllBytes(database)).isEqualTo(before);
  }

  /** SQLite itself refuses functions that it does not trust, and calls the database malformed. */
  @Test
  void aDatabaseThatCallsFunctionsIsSetAside() throws Exception {
    change(
        database,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'size INTEGER NOT NULL',"
            + " 'size INTEGER NOT NULL CHECK (load_extension(''/tmp/x'') IS NULL)')"
            + " WHERE name = 'state'");

    assertCallsAreRight();
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      assertThat(memo.kind("default").check().quarantined()).isNotEmpty();
    }
    assertThat(database).doesNotExist();
  }

  @Test
  void statisticsThatSqliteMakesItselfAreNoForeignTables() throws Exception {
    Path collection = directory.resolve("collections/jobs/collection.db");
    change(database, "ANALYZE");
    change(collection, "ANALYZE");

    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      TestMethod<String> method = method(memo);
      assertThat(method.call("a1")).isEqualTo("a1!");
      assertThat(method.computations()).isZero();
      assertThat(memo.kind("default").check().isSound()).isTrue();
      assertThat(memo.deque("jobs", String.class).poll()).isEqualTo("x");
    }
  }

  @Test
  void aCollectionWithATriggerIsRefusedAndStaysAsItIs() throws Exception {
    Path collection = directory.resolve("collections/jobs/collection.db");
    change(collection, "CREATE TRIGGER x AFTER INSERT ON element BEGIN DELETE FROM element; END");
    byte[] before = Files.readAllBytes(collection);

    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
            memo.deque("jobs", String.class).add("y");
          }
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("it holds the trigger x");
    assertThat(Files.readAllBytes(collection)).isEqualTo(before);
  }

  /** What callers and tools see must be right, whatever the rows say. */
  private void assertCallsAreRight() {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      TestMethod<String> method;
      try {
        method = method(memo);
      } catch (DiskMemoException e) {
        assertThat(e.getMessage()).isNotBlank(); // it is refused where it is bound
        return;
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20; i++) {
          assertThat(method.call("a" + i)).isEqualTo("a" + i + "!");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE entry SET value = 'text'",
        "UPDATE entry SET value = 7, checksum = 'x'",
        "UPDATE entry SET value = NULL",
        "UPDATE entry SET value = zeroblob(300000000) WHERE id = 3",
        "UPDATE entry SET size = 'many'",
        "UPDATE entry SET size = -9223372036854775808",
        "UPDATE entry SET size = 9223372036854775807",
        "UPDATE entry SET expires = 'never', stored = 1e300",
        "UPDATE entry SET expires = -1",
        "UPDATE entry SET key = substr(key, 1, 5) || id",
        "UPDATE entry SET key = id",
        "UPDATE entry SET file = '../../../x', value = NULL",
        "UPDATE entry SET file = 'ab/cd/x-1.value'",
        "UPDATE entry SET tags = 'x,y'",
        "UPDATE entry SET tags = ',,'",
        "UPDATE entry SET method = -1",
        "UPDATE entry SET id = id + 9000000000000000000 WHERE id < 5",
        "UPDATE state SET last_row = 9223372036854775807",
        "UPDATE state SET last_row = 0",
        "UPDATE state SET size = 'x', entries = -5",
        "UPDATE state SET size = 9223372036854775807",
        "UPDATE state SET sequence = 9223372036854775807",
        "UPDATE state SET superseded_by = 9223372036854775807",
        "UPDATE state SET superseded_by = -1",
        "UPDATE state SET superseded_by = 1",
        "DELETE FROM state",
        "UPDATE method SET name = zeroblob(10), version = 'x'",
        "UPDATE setting SET value = x'00ff'",
        "INSERT INTO evicting (tag, method, last) VALUES (0, 0, 9223372036854775807)",
        "INSERT INTO evicting (tag, method, last) VALUES ('x', -3, -9)",
        "INSERT INTO doomed_file (name) VALUES ('../../../../etc/passwd')",
        "INSERT INTO total (name, value) VALUES ('x', 'y')"
      })
  void rowsThatSayAnythingDoNotReachCallers(String sql) throws Exception {
    change(database, sql);

    assertCallsAreRight();
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      toolsEnd(memo);
    }
    assertCallsAreRight();
  }

  /** Tools may say that something is wrong, in the way that they are documented to. */
  private static void toolsEnd(DiskMemo memo) {
    List<Runnable> tools = List.of(
        () -> memo.kind("default").keys().forEach(key -> {}),
        () -> memo.kind("default").get("k", String.class),
        () -> memo.kind("default").tags(),
        () -> memo.kind("default").stats(),
        () -> memo.kind("default").expire(),
        () -> memo.kind("default").check(),
        () -> memo.maintenance().settings(),
        () -> memo.maintenance().stats(),
        () -> memo.maintenance().run(),
        () -> memo.maintenance().backup(),
        () -> memo.evictTag("t"));
    for (Runnable tool : tools) {
      try {
        tool.run();
      } catch (DiskMemoException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  /** Pages that point to each other, and everything else that bytes can say. */
  @Test
  void changedPagesGiveNoWrongResultAndNoEndlessLoop() throws Exception {
    change(database, "SELECT 1");
    byte[] good = Files.readAllBytes(database);
    Path original = directory;
    Random random = new Random(20);
    for (int round = 0; round < 60; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        int at = 100 + random.nextInt(bad.length - 104);
        if (random.nextBoolean()) {
          bad[at] = (byte) random.nextInt();
        } else { // a pointer to some page
          bad[at] = 0;
          bad[at + 1] = 0;
          bad[at + 2] = 0;
          bad[at + 3] = (byte) random.nextInt(bad.length / 4096 + 1);
        }
      }
      directory = Files.createDirectories(original.resolve("round" + round));
      Path kind = Files.createDirectories(directory.resolve("kinds/default"));
      Files.write(kind.resolve(database.getFileName()), bad);
      Files.copy(database.resolveSibling("current"), kind.resolve("current"));
      assertCallsAreRight();
    }
  }

  @Test
  void ourConnectionsLoadNoExtensionAndTrustNoSchema() throws Exception {
    // through the only door there is: a statement of ours that meets a function in the schema
    change(
        database,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'cost INTEGER NOT NULL',"
            + " 'cost INTEGER NOT NULL DEFAULT (load_extension(''x''))') WHERE name = 'entry'");

    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
            memo.kind("default").check();
          }
        })
        .isInstanceOf(DiskMemoException.class);
  }
}
