package io.diskmemo.internal.collect;

import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.CollectionDatabase.Tables;
import io.diskmemo.internal.disk.DamagedException;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * The database of a collection. Part of the disk format.
 *
 * <ul>
 *   <li>{@code collection} says what it is: a deque or a map, and of what; the most elements it may
 *       have, and how many it has. Rows get the numbers {@code last}, {@code last + 1} and so on, and
 *       at the front of a deque {@code first}, {@code first - 1} and so on; none is ever used again.
 *   <li>{@code element} holds what is in a deque, in the order of {@code id}; {@code entry} what is in a
 *       map. The checksum is that of the id, the length of the key and the key if there is one, and
 *       the value.
 *   <li>{@code damaged} holds rows that did not match their checksum, as they were found.
 * </ul>
 */
final class Rows {
  static final Tables TABLES = new Tables(1, List.of("""
          CREATE TABLE collection (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            shape TEXT NOT NULL,
            key_type TEXT NOT NULL,
            value_type TEXT NOT NULL,
            maximum INTEGER NOT NULL,
            size INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
          )""", """
          CREATE TABLE element (
            id INTEGER PRIMARY KEY,
            value BLOB NOT NULL,
            checksum INTEGER NOT NULL
          )""", """
          CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            value BLOB NOT NULL,
            checksum INTEGER NOT NULL
          )""", """
          CREATE TABLE damaged (
            id INTEGER NOT NULL,
            found INTEGER NOT NULL,
            key BLOB,
            value BLOB,
            checksum INTEGER
          )"""));

  static final long UNBOUNDED = Long.MAX_VALUE;

  /** Of one page of an iteration, in rows and in bytes. */
  static final int PAGE_ROWS = 100;

  static final long PAGE_BYTES = 1 << 20;

  private final CollectionDatabase database;
  private final String title;

  /** What a collection is. */
  record Shape(String name, String keyType, String valueType) {}

  /** The row that says what a collection is. */
  private record State(Shape shape, long maximum) {}

  Rows(CollectionDatabase database, Shape shape) {
    this.database = database;
    this.title = shape.name() + " " + database.name();
    require(shape);
  }

  /** Of several processes that make it, one decides what it is. */
  private void require(Shape shape) {
    String operation = operation("open");
    if (read(operation, Rows::state).isEmpty()) {
      write(
          operation,
          sql -> sql.update(
              "INSERT OR IGNORE INTO collection VALUES (1, ?, ?, ?, ?, 0, 0, 1)",
              shape.name(),
              shape.keyType(),
              shape.valueType(),
              UNBOUNDED));
    }
    Shape found = read(operation, Rows::state).get(0).shape();
    if (!found.equals(shape)) {
      throw new DiskException(
          operation,
          false,
          "it is a " + text(found) + ", not a " + text(shape)
              + "; open it as what it is, or use another name");
    }
  }

  private static List<State> state(Sql sql) throws SQLException {
    return sql.list(
        "SELECT shape, key_type, value_type, maximum FROM collection",
        row -> new State(
            new Shape(row.requiredText(1), row.requiredText(2), row.requiredText(3)),
            row.number(4)));
  }

  private static String text(Shape shape) {
    return shape.name() + " of " + (shape.keyType().isEmpty() ? "" : shape.keyType() + " to ")
        + shape.valueType();
  }

  /** What is tried, for messages: a verb, and this collection. */
  String operation(String verb) {
    return verb + " " + title;
  }

  String name() {
    return database.name();
  }

  <T> T read(String operation, Sql.Use<T> query) {
    return database.read(operation, query);
  }

  <T> T write(String operation, Sql.Use<T> change) {
    return database.write(operation, change);
  }

  long size() {
    return number(operation("count"), "SELECT size FROM collection");
  }

  long maximum() {
    return number(operation("look at"), "SELECT maximum FROM collection");
  }

  long damaged() {
    return number(operation("count"), "SELECT count(*) FROM damaged");
  }

  private long number(String operation, String query) {
    return read(operation, sql -> sql.number(query)).orElse(0);
  }

  void limit(long maximum) {
    if (maximum() != maximum) {
      write(operation("limit"), sql -> sql.update("UPDATE collection SET maximum = ?", maximum));
    }
  }

  static void resize(Sql sql, long by) throws SQLException {
    sql.update("UPDATE collection SET size = size + ?", by);
  }

  /** What is thrown once a row was moved aside. */
  DamagedException damaged(String operation, long id) {
    return new DamagedException(
        operation,
        "element " + id + " is damaged and was moved aside, into the table damaged; the next call"
            + " goes on without it");
  }

  void close() {
    database.close();
  }
}
