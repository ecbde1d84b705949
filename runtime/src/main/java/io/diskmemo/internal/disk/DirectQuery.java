package io.diskmemo.internal.disk;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * Queries of one row without a result set. For each result set the driver asks SQLite for the names of
 * all columns, and makes strings of them that nobody reads; that takes as long as the rest of a query. So
 * this calls what the driver's own result sets call, {@code org.sqlite.core}. That is public but not
 * JDBC: if a program comes with a release of the driver that has it otherwise, JDBC is asked.
 */
final class DirectQuery {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static volatile boolean possible = true;

  private DirectQuery() {}

  /**
   * The first row.
   *
   * @param statement with one parameter
   * @param parameter its value
   * @return empty if there is no row
   */
  static <T> Optional<T> first(
      PreparedStatement statement, byte[] parameter, Columns.Reader<T> reader) throws SQLException {
    if (possible) {
      try {
        return firstOfDriver((CoreStatement) statement, parameter, reader);
      } catch (LinkageError | ClassCastException e) {
        LOG.debug("the driver is of another release, and is asked through JDBC", e);
        possible = false;
      }
    }
    return firstOfJdbc(statement, parameter, reader);
  }

  /** A statement that is not reset would keep its read transaction. */
  private static <T> Optional<T> firstOfDriver(
      CoreStatement statement, byte[] parameter, Columns.Reader<T> reader) throws SQLException {
    if (!statement.getDatabase().execute(statement, new Object[] {parameter})) {
      return Optional.empty(); // and was reset by the driver
    }
    try {
      return Optional.of(statement.pointer.safeRun(
          (database, pointer) -> reader.read(new OfDriver(database, pointer))));
    } finally {
      statement.pointer.safeRunInt(DB::reset);
    }
  }

  private static <T> Optional<T> firstOfJdbc(
      PreparedStatement statement, byte[] parameter, Columns.Reader<T> reader) throws SQLException {
    statement.setBytes(1, parameter);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Columns.OfJdbc(rows))) : Optional.empty();
    }
  }

  /** Those of the row that a statement is at; SQLite counts from 0. */
  private record OfDriver(DB database, long statement) implements Columns {
    @Override
    public long number(int column) throws SQLException {
      return database.column_long(statement, column - 1);
    }

    @Override
    public byte @Nullable [] bytes(int column) throws SQLException {
      return database.column_blob(statement, column - 1);
    }

    @Override
    public @Nullable String text(int column) throws SQLException {
      return database.column_text(statement, column - 1);
    }
  }
}
