package io.diskmemo.benchmarks.expiry;

import io.diskmemo.benchmarks.store.BareSqlite;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntToLongFunction;

/** What a programmer would write who wants a table of values that expire, and nothing more. */
final class BareExpiry implements AutoCloseable {
  private final Connection connection;

  BareExpiry(Path file) throws SQLException {
    connection = BareSqlite.connect(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
          + " expires_at INTEGER NOT NULL, value BLOB NOT NULL)");
      statement.execute("CREATE INDEX entry_expires ON entry (expires_at)");
    }
  }

  /** In one transaction; times in milliseconds. */
  void fill(int entries, byte[] value, IntToLongFunction expires) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement put = connection.prepareStatement(
        "INSERT INTO entry (key, expires_at, value) VALUES (?, ?, ?)")) {
      for (int i = 0; i < entries; i++) {
        put.setBytes(1, BareSqlite.key("k", i));
        put.setLong(2, expires.applyAsLong(i));
        put.setBytes(3, value);
        put.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Removes what expired before a time; how many. */
  int expire(long nowMillis) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM entry WHERE expires_at < ?")) {
      delete.setLong(1, nowMillis);
      return delete.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
