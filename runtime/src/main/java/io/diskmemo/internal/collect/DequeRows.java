package io.diskmemo.internal.collect;

import io.diskmemo.internal.collect.Rows.Shape;
import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.Columns;
import io.diskmemo.internal.disk.Sql;
import io.diskmemo.internal.disk.TwoCrcs;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** The elements of a deque as bytes. Thread-safe. */
final class DequeRows {
  private static final String COLUMNS = "SELECT id, value, checksum FROM element ";

  private final Rows rows;
  private final LongSupplier clock;

  /** One of the two ends. */
  enum End {
    FIRST("ORDER BY id", "WHERE id > ? ORDER BY id", "first", -1),
    LAST("ORDER BY id DESC", "WHERE id < ? ORDER BY id DESC", "last", 1);

    private final String order;
    private final String after;
    private final String column;
    private final long step;

    End(String order, String after, String column, long step) {
      this.order = order;
      this.after = after;
      this.column = column;
      this.step = step;
    }
  }

  /** An element at its position. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are never handed out
  record Element(long position, byte[] value, long checksum) {
    static Element read(Columns row) throws SQLException {
      byte[] value = row.bytes(2);
      return new Element(row.number(1), value == null ? new byte[0] : value, row.number(3));
    }

    boolean isSound() {
      return checksum == checksumOf(position, value);
    }
  }

  DequeRows(CollectionDatabase database, String elementType, LongSupplier clock) {
    this.rows = new Rows(database, new Shape("deque", "", elementType));
    this.clock = clock;
  }

  Rows rows() {
    return rows;
  }

  private static long checksumOf(long position, byte[] value) {
    return new TwoCrcs().add(position).add(value, value.length).value();
  }

  /** Adds all, each at the end of those before, or none if they are too many. */
  boolean isAdded(End end, List<byte[]> values) {
    return rows.write(rows.operation("add to"), sql -> {
      boolean fits = sql.number("SELECT maximum - size FROM collection").orElse(0) >= values.size();
      if (fits) {
        add(sql, end, values);
      }
      return fits;
    });
  }

  private static void add(Sql sql, End end, List<byte[]> values) throws SQLException {
    long position = sql.number("SELECT " + end.column + " FROM collection").orElseThrow();
    for (byte[] value : values) {
      insert(sql, position, value);
      position += end.step;
    }
    sql.update(
        "UPDATE collection SET size = size + ?, " + end.column + " = ?", values.size(), position);
  }

  private static void insert(Sql sql, long position, byte[] value) throws SQLException {
    sql.update(
        "INSERT INTO element (id, value, checksum) VALUES (?, ?, ?)",
        position,
        value,
        checksumOf(position, value));
  }

  Optional<Element> peek(End end) {
    String operation = rows.operation("look into");
    return rows.read(operation, sql -> first(sql, end)).map(found -> sound(operation, found));
  }

  private static Optional<Element> first(Sql sql, End end) throws SQLException {
    return sql.first(COLUMNS + end.order + " LIMIT 1", Element::read);
  }

  /**
   * Removes the element at an end; nobody else gets it any more.
   *
   * @param unlessInterrupted whether a thread that was interrupted takes nothing
   */
  Optional<Element> take(End end, boolean unlessInterrupted) {
    String operation = rows.operation("take from");
    if (rows.read(operation, sql -> sql.number("SELECT 1 FROM element LIMIT 1")).isEmpty()) {
      return Optional.empty(); // whoever waits keeps nobody from writing
    }
    Optional<Element> taken = rows.write(operation, sql -> {
      if (unlessInterrupted && Thread.currentThread().isInterrupted()) { // while it waited to write
        return Optional.empty();
      }
      Optional<Element> first = first(sql, end);
      if (first.isPresent()) {
        remove(sql, first.get());
      }
      return first;
    });
    if (taken.isPresent() && !taken.get().isSound()) {
      throw rows.damaged(operation, taken.get().position());
    }
    return taken;
  }

  private void remove(Sql sql, Element element) throws SQLException {
    if (!element.isSound()) {
      sql.update(
          "INSERT INTO damaged (id, found, value, checksum) VALUES (?, ?, ?, ?)",
          element.position(),
          clock.getAsLong(),
          element.value(),
          element.checksum());
    }
    sql.update("DELETE FROM element WHERE id = ?", element.position());
    Rows.resize(sql, -1);
  }

  /** Puts an element that was taken where it was. */
  void putBack(Element element) {
    rows.write(rows.operation("put back into"), sql -> {
      insert(sql, element.position(), element.value());
      Rows.resize(sql, 1);
      return element;
    });
  }

  /** The next elements, of which some may be damaged; bounded in number and in bytes. */
  List<Element> page(End from, OptionalLong after) {
    return rows.read(
        rows.operation("read"),
        sql -> after.isEmpty()
            ? page(sql, COLUMNS + from.order)
            : page(sql, COLUMNS + from.after, after.getAsLong()));
  }

  private static List<Element> page(Sql sql, String query, Object... parameters)
      throws SQLException {
    return sql.listUpTo(
        Rows.PAGE_BYTES,
        element -> element.value().length,
        query + " LIMIT " + Rows.PAGE_ROWS,
        Element::read,
        parameters);
  }

  /** The element, unless it is damaged; then it is moved aside first. */
  Element sound(String operation, Element element) {
    if (element.isSound()) {
      return element;
    }
    Optional<Element> again = rows.write(operation, sql -> {
      Optional<Element> found = at(sql, element.position());
      if (found.isPresent() && !found.get().isSound()) {
        remove(sql, found.get());
      }
      return found;
    });
    return again
        .filter(Element::isSound) // then it was read wrongly the first time
        .orElseThrow(() -> rows.damaged(operation, element.position()));
  }

  private static Optional<Element> at(Sql sql, long position) throws SQLException {
    return sql.first(COLUMNS + "WHERE id = ?", Element::read, position);
  }

  /** Removes the element at a position, if nobody else did. */
  boolean isRemoved(long position) {
    return rows.write(rows.operation("remove from"), sql -> {
      int removed = sql.update("DELETE FROM element WHERE id = ?", position);
      if (removed > 0) {
        Rows.resize(sql, -1);
      }
      return removed > 0;
    });
  }

  void clear() {
    rows.write(rows.operation("clear"), sql -> {
      sql.update("UPDATE collection SET size = 0");
      return sql.update("DELETE FROM element");
    });
  }
}
