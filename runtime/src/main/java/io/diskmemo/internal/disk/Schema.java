package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a kind's database. Part of the disk format.
 *
 * <p>Row numbers of entries grow with time, so that the order of rows is the order in which they were
 * stored. A name that has no row in {@code tag} or {@code method} counts as evicted at {@code
 * absent_generation}.
 */
final class Schema {
  /** The number of this format, in the name of the database and as its {@code user_version}. */
  static final int FORMAT = 1;

  private static final List<String> STATEMENTS = List.of(
      """
          CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            kind_generation INTEGER NOT NULL,
            absent_generation INTEGER NOT NULL,
            entries INTEGER NOT NULL,
            size INTEGER NOT NULL
          )""",
      "INSERT INTO state VALUES (1, 0, 0, 0, 0, 0)",
      """
          CREATE TABLE method (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            generation INTEGER NOT NULL,
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
            value BLOB
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
      "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
      "CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
      "PRAGMA user_version = " + FORMAT);

  private Schema() {}

  /** Makes the tables if there are none; in the caller's write transaction. */
  static void createIfMissing(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > FORMAT) {
      throw new DiskException(
          "open the kind",
          false,
          "the database has format " + version + ", and this release reads " + FORMAT
              + "; use the release that made it, or another directory");
    }
    if (version == 0) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : STATEMENTS) {
          statement.execute(sql);
        }
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
