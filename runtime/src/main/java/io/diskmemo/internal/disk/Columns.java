package io.diskmemo.internal.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of one row of a query, counted from 1, as long as the query is at that row. */
interface Columns {

  /** Zero for NULL. */
  long number(int column) throws SQLException;

  /** Null for NULL. */
  byte @Nullable [] bytes(int column) throws SQLException;

  /** Null for NULL. */
  @Nullable
  String text(int column) throws SQLException;

  /**
   * Reads one row.
   *
   * @param <T> what it makes of it
   */
  interface Reader<T> {
    T read(Columns row) throws SQLException;
  }

  /** Those of the row that JDBC is at. */
  record OfJdbc(ResultSet row) implements Columns {
    @Override
    public long number(int column) throws SQLException {
      return row.getLong(column);
    }

    @Override
    public byte @Nullable [] bytes(int column) throws SQLException {
      return row.getBytes(column);
    }

    @Override
    public @Nullable String text(int column) throws SQLException {
      return row.getString(column);
    }
  }
}
