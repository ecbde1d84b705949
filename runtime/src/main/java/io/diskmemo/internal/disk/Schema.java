package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a kind's database. Part of the disk format.
 *
 * <ul>
 *   <li>Row numbers of entries come from {@code last_row} and are never used again, so that the order
 *       of rows is the order in which they were stored.
 *   <li>A name that has no row in {@code tag} or {@code method} counts as evicted at {@code
 *       absent_generation}.
 *   <li>A row in {@code method} with the lowest of all versions and an empty fingerprint is no
 *       method's: methods of that name, with any parameters, that have no row of their own were evicted at
 *       its generation, or later.
 *   <li>A row in {@code evicting} is an eviction that hides the entries up to a row number, while
 *       they are removed step by step. 0 stands for any tag or method.
 *   <li>{@code doomed_file} holds the value files whose entries are gone, until they are deleted.
 *   <li>{@code accesses} of an entry is how often it was read, and what it began with ({@link
 *       CullFloor}).
 *   <li>{@code superseded_by} is 0, or the generation of the database that took this one's place.
 *   <li>The column {@code tags} is null for an entry whose tags are in {@code entry_tag}, and else
 *       their row numbers, each between commas.
 * </ul>
 */
final class Schema {
  /** The number of this format, in the name of the database and as its {@code user_version}. */
  static final int FORMAT = 2;

  private static final List<String> STATEMENTS = List.of(
      """
          CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            kind_generation INTEGER NOT NULL,
            absent_generation INTEGER NOT NULL,
            entries INTEGER NOT NULL,
            size INTEGER NOT NULL,
            last_row INTEGER NOT NULL DEFAULT 0,
            evicting INTEGER NOT NULL DEFAULT 0,
            superseded_by INTEGER NOT NULL DEFAULT 0
          )""",
      "INSERT INTO state (id, sequence, kind_generation, absent_generation, entries, size)"
          + " VALUES (1, 0, 0, 0, 0, 0)",
      """
          CREATE TABLE method (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            generation INTEGER NOT NULL,
            used INTEGER NOT NULL DEFAULT 0,
            UNIQUE (name, version, fingerprint)
          )""",
      """
          CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            method INTEGER NOT NULL,
            stored INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            accessed INTEGER NOT NULL,
            accesses INTEGER NOT NULL,
            cost INTEGER NOT NULL,
            size INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            file TEXT,
            value BLOB,
            tags TEXT
          )""",
      "CREATE INDEX entry_method ON entry (method)",
      "CREATE INDEX entry_expires ON entry (expires) WHERE expires < " + StoredEntry.NEVER,
      """
          CREATE TABLE tag (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            generation INTEGER NOT NULL
          )""",
      """
          CREATE TABLE entry_tag (
            tag INTEGER NOT NULL,
            entry INTEGER NOT NULL,
            PRIMARY KEY (tag, entry)
          ) WITHOUT ROWID""",
      "CREATE INDEX entry_tag_entry ON entry_tag (entry)",
      "CREATE INDEX entry_tags ON entry (id) WHERE tags IS NOT NULL",
      "CREATE INDEX entry_file ON entry (file) WHERE file IS NOT NULL",
      """
          CREATE TABLE evicting (
            id INTEGER PRIMARY KEY,
            tag INTEGER NOT NULL,
            method INTEGER NOT NULL,
            last INTEGER NOT NULL
          )""",
      "CREATE TABLE doomed_file (name TEXT PRIMARY KEY) WITHOUT ROWID",
      "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
      "CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
      "PRAGMA user_version = " + FORMAT);

  /** What format 1 lacks. */
  private static final List<String> FROM_1_TO_2 = List.of(
      "ALTER TABLE state ADD COLUMN last_row INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE state ADD COLUMN evicting INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE state ADD COLUMN superseded_by INTEGER NOT NULL DEFAULT 0",
      "UPDATE state SET last_row = (SELECT coalesce(max(id), 0) FROM entry)",
      "ALTER TABLE method ADD COLUMN used INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE entry ADD COLUMN tags TEXT",
      "CREATE INDEX entry_tags ON entry (id) WHERE tags IS NOT NULL",
      "CREATE INDEX entry_file ON entry (file) WHERE file IS NOT NULL",
      "CREATE TABLE evicting (id INTEGER PRIMARY KEY, tag INTEGER NOT NULL,"
          + " method INTEGER NOT NULL, last INTEGER NOT NULL)",
      "CREATE TABLE doomed_file (name TEXT PRIMARY KEY) WITHOUT ROWID",
      "PRAGMA user_version = 2");

  private static final List<String> COLUMNS = List.of(
      "id, sequence, kind_generation, absent_generation, entries, size, last_row, evicting,"
          + " superseded_by FROM state",
      "id, name, version, fingerprint, generation, used FROM method",
      "id, key, method, stored, expires, accessed, accesses, cost, size, checksum, file, value, tags"
          + " FROM entry",
      "id, name, generation FROM tag",
      "tag, entry FROM entry_tag",
      "id, tag, method, last FROM evicting",
      "name FROM doomed_file",
      "name, value FROM setting",
      "name, value FROM total");

  private Schema() {}

  /** Makes the tables, or what an older format lacks; in the caller's write transaction. */
  static void complete(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > FORMAT) {
      throw new NewerFormatException(
          "open the kind", "the database, whose format is " + version + ",");
    }
    if (version == 0) {
      execute(connection, STATEMENTS);
    } else if (version == 1) {
      execute(connection, FROM_1_TO_2);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static boolean hasIndex(Statements statements, CullOrder order) throws SQLException {
    return !order.countsAccesses()
        || statements
            .number("SELECT 1 FROM sqlite_schema WHERE name = ?", order.indexName())
            .isPresent();
  }

  /** An index that keeps entries in the order in which they make room. */
  static void createIndex(Statements statements, CullOrder order) throws SQLException {
    if (order.countsAccesses()) {
      statements.execute(
          indexFor(order).replaceFirst("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"));
    }
  }

  static String indexFor(CullOrder order) {
    return "CREATE INDEX " + order.indexName() + " ON entry (" + order.columns() + ")";
  }

  /** What makes a new database. */
  static List<String> statements() {
    return STATEMENTS;
  }

  /** Indexes that a database has if somebody needs them. */
  static List<String> indexesOfSome() {
    List<String> indexes = new ArrayList<>();
    for (CullOrder order : CullOrder.values()) {
      if (order.countsAccesses()) {
        indexes.add(indexFor(order));
      }
    }
    return indexes;
  }

  /** Whether there is no table, as in a file that was just made. */
  static boolean isEmpty(Connection connection) throws SQLException {
    return version(connection) == 0;
  }

  /** Fails where a table or a column of this format is missing; SQLite's own check does not look. */
  static void requireTables(Statements statements) throws SQLException {
    if (version(statements.connection()) == FORMAT) {
      for (String columns : COLUMNS) {
        statements.list("SELECT " + columns + " LIMIT 0", row -> row.number(1));
      }
    }
  }

  static boolean isComplete(Connection connection) throws SQLException {
    return version(connection) == FORMAT;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      row.next();
      return row.getInt(1);
    }
  }
}
