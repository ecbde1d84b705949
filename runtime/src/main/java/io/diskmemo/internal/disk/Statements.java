package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/** The statements of one connection, each prepared once. Not thread-safe. */
final class Statements implements Sql, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int UNKNOWN = -1;

  private final SQLiteConnection connection;
  private final FileConnections file;
  private final long generation;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private int longestWaitMillis = UNKNOWN;
  private boolean idle = true;
  private boolean closed;

  Statements(SQLiteConnection connection, FileConnections file, long generation) {
    this.connection = connection;
    this.file = file;
    this.generation = generation;
  }

  /** Of the database that it is connected to. */
  long generation() {
    return generation;
  }

  Connection connection() {
    return connection;
  }

  /** How long each statement waits for the locks of others from now on. Costs no statement. */
  void waitAtMost(int millis) throws SQLException {
    if (millis != longestWaitMillis) {
      connection.setBusyTimeout(millis);
      longestWaitMillis = millis;
    }
  }

  /**
   * Runs a statement. One that fails is prepared anew the next time, because the driver finalizes it
   * for most errors.
   */
  private <T> T run(String sql, Execution<T> execution) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    boolean done = false;
    try {
      T result = execution.of(statement);
      done = true;
      return result;
    } finally {
      if (!done) {
        boolean others = idle;
        idle = false; // unless it can be closed
        prepared.remove(sql);
        statement.close();
        idle = others;
      }
    }
  }

  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    run(sql, PreparedStatement::execute);
  }

  /** Something that is read. */
  interface Reading<T> {
    T read() throws SQLException;
  }

  /** Reads what several queries say, as of one commit. */
  <T> T asOfOneCommit(Reading<T> reading) throws SQLException {
    execute("BEGIN");
    try {
      T read = reading.read();
      execute("COMMIT");
      return read;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /**
   * Rolls back after a failure. SQLite may have done so by itself, so that a failure of this adds to the
   * first.
   *
   * @return false if it failed
   */
  boolean rollBack(Throwable reason) {
    try {
      execute("ROLLBACK");
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      reason.addSuppressed(e);
      return false;
    }
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    return run(sql, statement -> DirectStatement.update(statement, parameters));
  }

  /** Looks at one row. */
  interface RowUse {
    void look(Columns row) throws SQLException;
  }

  /** Looks at each row of a query. */
  void forEach(String sql, RowUse use, @Nullable Object... parameters) throws SQLException {
    query(
        sql,
        (rows, row) -> {
          long count = 0;
          for (; rows.next(); count++) {
            use.look(row);
          }
          return count;
        },
        parameters);
  }

  @Override
  public <T> List<T> list(String sql, Columns.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return query(
        sql,
        (rows, row) -> {
          List<T> found = new ArrayList<>();
          while (rows.next()) {
            found.add(reader.read(row));
          }
          return found;
        },
        parameters);
  }

  @Override
  public <T> List<T> listUpTo(
      long most,
      ToLongFunction<T> weight,
      String sql,
      Columns.Reader<T> reader,
      @Nullable Object... parameters)
      throws SQLException {
    return query(
        sql,
        (rows, row) -> {
          List<T> found = new ArrayList<>();
          for (long left = most; left > 0 && rows.next(); ) {
            T read = reader.read(row);
            found.add(read);
            left -= weight.applyAsLong(read);
          }
          return found;
        },
        parameters);
  }

  @Override
  public <T> Optional<T> first(String sql, Columns.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return run(sql, statement -> DirectStatement.first(statement, parameters, reader));
  }

  @Override
  public OptionalLong number(String sql, @Nullable Object... parameters) throws SQLException {
    Optional<Long> found = first(sql, row -> row.number(1), parameters);
    return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
  }

  private <T> T query(String sql, Rows<T> use, @Nullable Object... parameters) throws SQLException {
    return run(sql, statement -> {
      DirectStatement.bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        return use.of(rows, new Columns.OfJdbc(rows));
      }
    });
  }

  /** What is made of the rows of a query. */
  private interface Rows<T> {
    T of(ResultSet rows, Columns row) throws SQLException;
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      try {
        closePrepared();
      } finally {
        file.close(connection, idle);
      }
    }
  }

  /** A connection may wait to be closed, and must read nothing meanwhile. */
  private void closePrepared() {
    boolean all = false;
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      all = true;
    } catch (SQLException e) {
      LOG.debug("statements are closed with their connection", e);
    } finally {
      idle &= all;
    }
  }
}
