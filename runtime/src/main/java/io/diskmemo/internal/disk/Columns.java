package io.diskmemo.internal.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of one row of a query, counted from 1, as long as the query is at that row. */
public interface Columns {
  /**
   * A number.
   *
   * @param column from 1
   * @return 0 for NULL
   * @throws SQLException if it cannot be read
   */
  long number(int column) throws SQLException;

  /**
   * Bytes.
   *
   * @param column from 1
   * @return null for NULL
   * @throws SQLException if they cannot be read
   */
  byte @Nullable [] bytes(int column) throws SQLException;

  /**
   * A text.
   *
   * @param column from 1
   * @return null for NULL
   * @throws SQLException if it cannot be read
   */
  @Nullable
  String text(int column) throws SQLException;

  /**
   * A text of a column that may not be NULL.
   *
   * @param column from 1
   * @return the text
   * @throws SQLException if it cannot be read
   * @throws DiskException that points to damage if it is NULL all the same
   */
  default String requiredText(int column) throws SQLException {
    String text = text(column);
    if (text == null) {
      throw DiskException.damaged("read a row", "a text is missing");
    }
    return text;
  }

  /**
   * Bytes of a column that may not be NULL.
   *
   * @param column from 1
   * @return the bytes
   * @throws SQLException if they cannot be read
   * @throws DiskException that points to damage if they are NULL all the same
   */
  default byte[] requiredBytes(int column) throws SQLException {
    byte[] bytes = bytes(column);
    if (bytes == null) {
      throw DiskException.damaged("read a row", "bytes are missing");
    }
    return bytes;
  }

  /**
   * Reads one row.
   *
   * @param <T> what it makes of it
   */
  interface Reader<T> {
    /**
     * Reads the row.
     *
     * @param row the present one
     * @return what it holds
     * @throws SQLException if it cannot be read
     */
    T read(Columns row) throws SQLException;
  }

  /**
   * Those of the row that JDBC is at.
   *
   * @param row of JDBC
   */
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
