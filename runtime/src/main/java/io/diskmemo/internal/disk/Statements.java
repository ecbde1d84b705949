package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.sqlite.SQLiteConnection;

/** The statements of one connection, each prepared once. Not thread-safe. */
final class Statements implements Sql, AutoCloseable {
  private static final int UNKNOWN = -1;

  private final Connection connection;
  private final long generation;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private int longestWaitMillis = UNKNOWN;

  /** Parameters with a meaning of their own. */
  enum Special {
    /** SQL's NULL. */
    NULL
  }

  static final Special NULL = Special.NULL;

  Statements(Connection connection, long generation) {
    this.connection = connection;
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
      connection.unwrap(SQLiteConnection.class).setBusyTimeout(millis);
      longestWaitMillis = millis;
    }
  }

  /**
   * Runs a statement. One that fails is prepared anew the next time, because the driver finalizes it
   * for most errors.
   */
  private <T> T run(String sql, Execution<T> execution, Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    boolean done = false;
    try {
      for (int i = 0; i < parameters.length; i++) {
        bind(statement, i + 1, parameters[i]);
      }
      T result = execution.of(statement);
      done = true;
      return result;
    } finally {
      if (!done) {
        prepared.remove(sql);
        statement.close();
      }
    }
  }

  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private static void bind(PreparedStatement statement, int index, Object parameter)
      throws SQLException {
    if (parameter instanceof Long number) {
      statement.setLong(index, number);
    } else if (parameter instanceof Integer number) {
      statement.setInt(index, number);
    } else if (parameter instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (parameter == NULL) {
      statement.setNull(index, Types.NULL);
    } else {
      statement.setString(index, (String) parameter);
    }
  }

  void execute(String sql) throws SQLException {
    run(sql, PreparedStatement::execute);
  }

  @Override
  public int update(String sql, Object... parameters) throws SQLException {
    return run(sql, PreparedStatement::executeUpdate, parameters);
  }

  /** Looks at one row. */
  interface RowUse {
    void look(ResultSet row) throws SQLException;
  }

  /** Looks at each row of a query. */
  void forEach(String sql, RowUse use, Object... parameters) throws SQLException {
    query(
        sql,
        rows -> {
          long count = 0;
          for (; rows.next(); count++) {
            use.look(rows);
          }
          return count;
        },
        parameters);
  }

  @Override
  public <T> List<T> list(String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    return query(
        sql,
        rows -> {
          List<T> found = new ArrayList<>();
          while (rows.next()) {
            found.add(reader.read(rows));
          }
          return found;
        },
        parameters);
  }

  @Override
  public <T> List<T> listUpTo(
      long most, ToLongFunction<T> weight, String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    return query(
        sql,
        rows -> {
          List<T> found = new ArrayList<>();
          for (long left = most; left > 0 && rows.next(); ) {
            T row = reader.read(rows);
            found.add(row);
            left -= weight.applyAsLong(row);
          }
          return found;
        },
        parameters);
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    return query(
        sql, rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty(), parameters);
  }

  /** As the other, of a query with one parameter that is run often. */
  <T> Optional<T> first(String sql, byte[] parameter, Columns.Reader<T> reader)
      throws SQLException {
    return run(sql, statement -> DirectQuery.first(statement, parameter, reader));
  }

  @Override
  public OptionalLong number(String sql, Object... parameters) throws SQLException {
    return query(
        sql,
        rows -> rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty(),
        parameters);
  }

  private <T> T query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    return run(
        sql,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        },
        parameters);
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // closes its statements
  }
}
