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
 * Changes, and queries of one row without a result set. For each result set the driver asks SQLite for
 * the names of all columns, and makes strings of them that nobody reads; that takes as long as the rest
 * of a query. So this calls what the driver's own statements call, {@code org.sqlite.core}. That is
 * public but not JDBC: if a program comes with a release of the driver that has it otherwise, JDBC is
 * asked.
 */
final class DirectStatement {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static volatile boolean possible = true;

  private DirectStatement() {}

  /**
   * The first row.
   *
   * @param parameters numbers, strings, bytes, or null for NULL
   * @return empty if there is no row
   */
  static <T> Optional<T> first(
      PreparedStatement statement, @Nullable Object[] parameters, Columns.Reader<T> reader)
      throws SQLException {
    if (isOfDriver(statement)) {
      try {
        return firstOfDriver((CoreStatement) statement, parameters, reader);
      } catch (LinkageError e) {
        impossible(e);
      }
    }
    bind(statement, parameters);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Columns.OfJdbc(rows))) : Optional.empty();
    }
  }

  /** A statement that is not reset would keep its read transaction. */
  private static <T> Optional<T> firstOfDriver(
      CoreStatement statement, @Nullable Object[] parameters, Columns.Reader<T> reader)
      throws SQLException {
    try {
      if (!statement.getDatabase().execute(statement, parameters)) {
        return Optional.empty();
      }
      return Optional.of(statement.pointer.safeRun(
          (database, pointer) -> reader.read(new OfDriver(database, pointer))));
    } finally {
      if (!statement.pointer.isClosed()) { // as the driver does for most errors
        statement.pointer.safeRunInt(DB::reset);
      }
    }
  }

  /**
   * Runs a change.
   *
   * @param parameters as above
   * @return how many rows it changed
   */
  static int update(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    if (isOfDriver(statement)) {
      CoreStatement ofDriver = (CoreStatement) statement;
      try {
        return (int) ofDriver.getDatabase().executeUpdate(ofDriver, parameters);
      } catch (IncompatibleClassChangeError e) { // there is no such method, so nothing was changed
        impossible(e);
      }
    }
    bind(statement, parameters);
    return statement.executeUpdate();
  }

  /** Whether the driver has what is needed, as far as nobody found out that it has not. */
  private static boolean isOfDriver(PreparedStatement statement) {
    try {
      return possible && statement instanceof CoreStatement;
    } catch (LinkageError e) {
      impossible(e);
      return false;
    }
  }

  private static void impossible(Throwable reason) {
    LOG.debug("the driver is of another release, and is asked through JDBC", reason);
    possible = false;
  }

  /** Gives a statement its parameters, for JDBC. */
  static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
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
