package io.diskmemo.benchmarks.price;

import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.DocumentCodec;
import io.diskmemo.benchmarks.store.BareSqlite;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The statements of a store of ours, in their order, on a database that ours made, by one connection of
 * JDBC, each prepared once.
 */
final class SameRows implements Storing {
  private static final String NAME = "NZ";
  private static final long CHECKSUM = 0x4242_4242_4242_4242L;
  private static final long COST_NANOS = 1000;

  /** What an entry of one tag counts against the size limit beside its value. */
  private static final int OVERHEAD_BYTES = 192;

  private static final long NEVER = Long.MAX_VALUE;

  /** As ours sets its connection that writes; auto_vacuum comes with the file. */
  private static final String[] PRAGMAS = {
    "busy_timeout = 10000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "cache_size = -16384",
    "journal_size_limit = 8388608",
    "temp_store = MEMORY"
  };

  private final Connection connection;
  private final PreparedStatement look;
  private final PreparedStatement begin;
  private final PreparedStatement state;
  private final PreparedStatement method;
  private final PreparedStatement entry;
  private final PreparedStatement tag;
  private final PreparedStatement entryTag;
  private final PreparedStatement sums;
  private final PreparedStatement commit;
  private final int size;
  private final boolean asks;
  private final String methodName;
  private final long methodVersion;
  private final String fingerprint;
  private final String tagName;
  private final long methodRow;
  private final long tagRow;
  private final long sequence;
  private final long before;
  private long entries;
  private long lastRow;
  private long bytes;

  /** Asks what a store of ours asks, or takes it as known. */
  SameRows(Path database, int size, boolean asks) throws SQLException {
    this.size = size;
    this.asks = asks;
    connection = BareSqlite.connect(database);
    for (String pragma : PRAGMAS) {
      execute("PRAGMA " + pragma);
    }
    look = connection.prepareStatement(
        "SELECT id, stored, expires, cost, checksum, CASE WHEN length(value) <= size THEN value END,"
            + " file, size FROM entry WHERE key = ?");
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    state = connection.prepareStatement(
        "SELECT sequence, kind_generation, absent_generation, entries, size, last_row, evicting,"
            + " superseded_by, (SELECT max(id) FROM entry) FROM state");
    method = connection.prepareStatement(
        "SELECT id FROM method WHERE name = ? AND version = ? AND fingerprint = ?");
    entry = connection.prepareStatement(
        "INSERT INTO entry (id, key, method, stored, expires, accessed, accesses, cost, size,"
            + " checksum, file, value, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (key) DO NOTHING");
    tag = connection.prepareStatement("SELECT id FROM tag WHERE name = ?");
    entryTag =
        connection.prepareStatement("INSERT OR IGNORE INTO entry_tag (tag, entry) VALUES (?, ?)");
    sums = connection.prepareStatement(
        "UPDATE state SET sequence = ?, kind_generation = ?, absent_generation = ?, entries = ?,"
            + " size = ?, last_row = ?, evicting = ?");
    commit = connection.prepareStatement("COMMIT");
    methodName = text("SELECT name FROM method");
    methodVersion = number("SELECT version FROM method");
    fingerprint = text("SELECT fingerprint FROM method");
    tagName = text("SELECT name FROM tag");
    methodRow = number("SELECT id FROM method");
    tagRow = number("SELECT id FROM tag");
    sequence = number("SELECT sequence FROM state");
    entries = number("SELECT entries FROM state");
    bytes = number("SELECT size FROM state");
    lastRow = number("SELECT last_row FROM state");
    before = number("SELECT count(*) FROM entry_tag");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(text(query));
  }

  @Override
  public void put(int id) throws SQLException {
    byte[] key = BareSqlite.key(NAME, id);
    byte[] value = DocumentCodec.bytes(Document.of(id, size));
    if (asks) {
      isThere(key); // before there is a lease
      isThere(key); // and after
    }
    begin.execute();
    if (asks) {
      ask(state);
      method.setString(1, methodName);
      method.setLong(2, methodVersion);
      method.setString(3, fingerprint);
      ask(method);
    }
    insert(key, value);
    if (asks) {
      tag.setString(1, tagName);
      ask(tag);
    }
    entryTag.setLong(1, tagRow);
    entryTag.setLong(2, lastRow);
    entryTag.executeUpdate();
    count();
    commit.execute();
  }

  private void insert(byte[] key, byte[] value) throws SQLException {
    long now = System.currentTimeMillis();
    lastRow++;
    entries++;
    bytes += value.length + OVERHEAD_BYTES;
    entry.setLong(1, lastRow);
    entry.setBytes(2, key);
    entry.setLong(3, methodRow);
    entry.setLong(4, now);
    entry.setLong(5, NEVER);
    entry.setLong(6, now);
    entry.setLong(7, 0);
    entry.setLong(8, COST_NANOS);
    entry.setLong(9, value.length + OVERHEAD_BYTES);
    entry.setLong(10, CHECKSUM);
    entry.setString(11, null);
    entry.setBytes(12, value);
    entry.setString(13, null);
    entry.executeUpdate();
  }

  /** The sums by which a size limit holds. */
  private void count() throws SQLException {
    sums.setLong(1, sequence);
    sums.setLong(2, 0);
    sums.setLong(3, 0);
    sums.setLong(4, entries);
    sums.setLong(5, bytes);
    sums.setLong(6, lastRow);
    sums.setLong(7, 0);
    sums.executeUpdate();
  }

  private void isThere(byte[] key) throws SQLException {
    look.setBytes(1, key);
    ask(look);
  }

  private static void ask(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      if (row.next()) {
        row.getLong(1);
      }
    }
  }

  @Override
  public void require(int stored) throws SQLException {
    long rows = number("SELECT count(*) FROM entry_tag") - before;
    if (rows != stored) {
      throw new IllegalStateException(rows + " of " + stored + " were stored");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
