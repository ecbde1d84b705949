package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one database, each prepared when it is first run. Parameters are numbers, strings,
 * {@code byte[]}, and null for NULL. To be used by the thread that was given it, while it has it.
 */
public interface Sql {
  /**
   * Something done in one transaction. Runs no code of users.
   *
   * @param <T> what comes of it
   */
  interface Use<T> {
    /**
     * Does it.
     *
     * @param sql only for as long as this runs
     * @return what comes of it
     * @throws SQLException if it cannot be done; then nothing of it is
     */
    T apply(Sql sql) throws SQLException;
  }

  /**
   * Runs a change.
   *
   * @param sql one statement
   * @param parameters in their order
   * @return the number of rows changed
   * @throws SQLException if it cannot be run
   */
  int update(String sql, @Nullable Object... parameters) throws SQLException;

  /**
   * The rows of a query.
   *
   * @param sql one query
   * @param reader of each row
   * @param parameters in their order
   * @param <T> what a row is read as
   * @return all of them
   * @throws SQLException if it cannot be run
   */
  <T> List<T> list(String sql, Columns.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException;

  /**
   * The first rows of a query, until they weigh as much together; at least one if there is any.
   *
   * @param most that they may weigh, but for the last
   * @param weight of one
   * @param sql one query
   * @param reader of each row
   * @param parameters in their order
   * @param <T> what a row is read as
   * @return the rows
   * @throws SQLException if it cannot be run
   */
  <T> List<T> listUpTo(
      long most,
      ToLongFunction<T> weight,
      String sql,
      Columns.Reader<T> reader,
      @Nullable Object... parameters)
      throws SQLException;

  /**
   * The first row of a query.
   *
   * @param sql one query
   * @param reader of the row
   * @param parameters in their order
   * @param <T> what the row is read as
   * @return empty if it has none
   * @throws SQLException if it cannot be run
   */
  <T> Optional<T> first(String sql, Columns.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException;

  /**
   * The number in the first row of a query.
   *
   * @param sql one query
   * @param parameters in their order
   * @return empty if it has no row
   * @throws SQLException if it cannot be run
   */
  OptionalLong number(String sql, @Nullable Object... parameters) throws SQLException;
}
