package io.diskmemo.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds the write lock of the kind {@code default}, as another process would. */
public final class WriteLock implements AutoCloseable {
  private final Connection connection;

  private WriteLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes it. */
  public static WriteLock hold(Path directory) throws SQLException {
    Connection connection = Stores.database(directory);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return new WriteLock(connection);
  }

  /** Lets it go. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
