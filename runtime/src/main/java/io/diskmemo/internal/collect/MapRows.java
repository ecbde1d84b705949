package io.diskmemo.internal.collect;

import io.diskmemo.internal.collect.Rows.Shape;
import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.Columns;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.Sql;
import io.diskmemo.internal.disk.TwoCrcs;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** The entries of a map as bytes. Thread-safe. */
final class MapRows {
  private static final String COLUMNS = "SELECT id, key, value, checksum FROM entry ";

  /** The row that has the key of another by the index, which has all that is asked for. */
  private static final String INDEXED =
      "SELECT coalesce((SELECT id FROM entry AS other WHERE other.key = entry.key), 0) FROM entry"
          + " WHERE id = ?";

  private static final long NOBODY = 0;
  private static final String REINDEX = "REINDEX entry";

  private final Rows rows;
  private final LongSupplier clock;

  /** A key and its value. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are never handed out
  record Row(long id, byte[] key, byte[] value, long checksum) {
    static Row read(Columns row) throws SQLException {
      return new Row(row.number(1), bytes(row, 2), bytes(row, 3), row.number(4));
    }

    private static byte[] bytes(Columns row, int column) throws SQLException {
      byte[] bytes = row.bytes(column);
      return bytes == null ? new byte[0] : bytes;
    }

    boolean isSound() {
      return checksum == checksumOf(id, key, value);
    }

    /** Whether it is what a look-up of the key should find. */
    boolean isSoundFor(byte[] sought) {
      return Arrays.equals(key, sought) && isSound();
    }

    int length() {
      return key.length + value.length;
    }
  }

  /** A key and a value that are to be put. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are never handed out
  record NewEntry(byte[] key, byte[] value) {}

  MapRows(CollectionDatabase database, String keyType, String valueType, LongSupplier clock) {
    this.rows = new Rows(database, new Shape("map", keyType, valueType));
    this.clock = clock;
  }

  Rows rows() {
    return rows;
  }

  private static long checksumOf(long id, byte[] key, byte[] value) {
    return new TwoCrcs()
        .add(id)
        .add(key.length)
        .add(key, key.length)
        .add(value, value.length)
        .value();
  }

  Optional<Row> find(byte[] key) {
    String operation = rows.operation("read");
    Optional<Row> found = rows.read(operation, sql -> find(sql, key));
    if (found.isEmpty() || found.get().isSoundFor(key)) {
      return found;
    }
    Row sound = sound(operation, found.get());
    requireKey(sound, key, operation);
    return Optional.of(sound);
  }

  private static Optional<Row> find(Sql sql, byte[] key) throws SQLException {
    return sql.first(COLUMNS + "WHERE key = ?", Row::read, key);
  }

  /** Adds an entry, unless there is one with that key. */
  boolean isInserted(NewEntry entry) {
    return rows.write(rows.operation("put into"), sql -> {
      boolean absent = find(sql, entry.key()).isEmpty();
      if (absent) {
        insert(sql, entry);
      }
      return absent;
    });
  }

  private static void insert(Sql sql, NewEntry entry) throws SQLException {
    long id = sql.number("SELECT last FROM collection").orElseThrow();
    sql.update(
        "INSERT INTO entry (id, key, value, checksum) VALUES (?, ?, ?, ?)",
        id,
        entry.key(),
        entry.value(),
        checksumOf(id, entry.key(), entry.value()));
    sql.update("UPDATE collection SET size = size + 1, last = last + 1");
  }

  /** Replaces the value of an entry, if it still has the same. */
  boolean isReplaced(Row old, byte[] value) {
    return rows.write(rows.operation("put into"), sql -> {
      Optional<Row> same = same(sql, old);
      if (same.isPresent()) {
        replace(sql, old.id(), new NewEntry(old.key(), value));
      }
      return same.isPresent();
    });
  }

  /** The checksum is of the key that was sought: one that is damaged in the row stays without. */
  private static void replace(Sql sql, long id, NewEntry entry) throws SQLException {
    sql.update(
        "UPDATE entry SET value = ?, checksum = ? WHERE id = ?",
        entry.value(),
        checksumOf(id, entry.key(), entry.value()),
        id);
  }

  private static Optional<Row> same(Sql sql, Row old) throws SQLException {
    return find(sql, old.key())
        .filter(found -> found.id() == old.id() && Arrays.equals(found.value(), old.value()));
  }

  /** Removes an entry, if it still has the same value. */
  boolean isRemoved(Row old) {
    return rows.write(rows.operation("remove from"), sql -> {
      Optional<Row> same = same(sql, old);
      if (same.isPresent()) {
        delete(sql, same.get().id());
      }
      return same.isPresent();
    });
  }

  /**
   * Removes a row, also if its key is damaged. The index still has the key that was put: SQLite fails
   * where it does not find in it what it is to remove, and removes what is another row's if the damaged
   * key is that of another.
   */
  private static boolean delete(Sql sql, long id) throws SQLException {
    OptionalLong indexed = sql.number(INDEXED, id);
    if (indexed.isEmpty()) {
      return false;
    }
    if (indexed.getAsLong() == NOBODY) {
      sql.update(REINDEX);
    }
    int removed = sql.update("DELETE FROM entry WHERE id = ?", id);
    if (indexed.getAsLong() != NOBODY && indexed.getAsLong() != id) {
      sql.update(REINDEX);
    }
    Rows.resize(sql, -removed);
    return removed > 0;
  }

  /** Removes an entry whatever its value is now; one that was put since under the same key stays. */
  boolean isRemoved(long id) {
    return rows.write(rows.operation("remove from"), sql -> delete(sql, id));
  }

  /** Removes the entry with a key, whatever its value is, also if that is damaged. */
  boolean isRemoved(byte[] key) {
    return rows.write(rows.operation("remove from"), sql -> {
      Optional<Row> found = find(sql, key);
      return found.isPresent() && delete(sql, found.get().id());
    });
  }

  /** Puts all or none. */
  void putAll(List<NewEntry> entries) {
    rows.write(rows.operation("put into"), sql -> {
      for (NewEntry entry : entries) {
        Optional<Row> old = find(sql, entry.key());
        if (old.isPresent()) {
          replace(sql, old.get().id(), entry);
        } else {
          insert(sql, entry);
        }
      }
      return entries.size();
    });
  }

  /** What is found by the index has the key of the index; what is read by its number, that of the row. */
  private static void requireKey(Row found, byte[] sought, String operation) {
    if (!Arrays.equals(found.key(), sought)) {
      throw new DiskException(
          operation, false, "the index of its keys is damaged; take out what can be iterated over");
    }
  }

  /** The next entries, of which some may be damaged; bounded in number and in bytes. */
  List<Row> page(OptionalLong after) {
    return rows.read(
        rows.operation("read"),
        sql -> sql.listUpTo(
            Rows.PAGE_BYTES,
            Row::length,
            COLUMNS + "WHERE id > ? ORDER BY id LIMIT " + Rows.PAGE_ROWS,
            Row::read,
            after.orElse(0)));
  }

  /** The entry, unless it is damaged; then it is moved aside first. */
  Row sound(String operation, Row entry) {
    if (entry.isSound()) {
      return entry;
    }
    Optional<Row> again = rows.write(operation, sql -> {
      Optional<Row> found = sql.first(COLUMNS + "WHERE id = ?", Row::read, entry.id());
      if (found.isPresent() && !found.get().isSound()) {
        moveAside(sql, found.get());
      }
      return found;
    });
    return again
        .filter(Row::isSound) // then it was read wrongly the first time
        .orElseThrow(() -> rows.damaged(operation, entry.id()));
  }

  private void moveAside(Sql sql, Row entry) throws SQLException {
    sql.update(
        "INSERT INTO damaged (id, found, key, value, checksum) VALUES (?, ?, ?, ?, ?)",
        entry.id(),
        clock.getAsLong(),
        entry.key(),
        entry.value(),
        entry.checksum());
    delete(sql, entry.id());
  }

  void clear() {
    rows.write(rows.operation("clear"), sql -> {
      sql.update("UPDATE collection SET size = 0");
      return sql.update("DELETE FROM entry");
    });
  }
}
