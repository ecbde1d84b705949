package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Tags and methods: their rows, and the generations that evictions give them. In a transaction.
 */
final class Names {
  private final Statements statements;

  Names(Statements statements) {
    this.statements = statements;
  }

  /** Whether anything that the entry hangs on was evicted after its sequence. */
  boolean evictedSince(NewEntry entry, State state) throws SQLException {
    if (state.sequence() == entry.sequence()) {
      return false;
    }
    if (state.kindGeneration() > entry.sequence()
        || methodGeneration(entry.method(), state) > entry.sequence()) {
      return true;
    }
    for (String tag : entry.tags()) {
      if (tagGeneration(tag, state) > entry.sequence()) {
        return true;
      }
    }
    return false;
  }

  long methodGeneration(MethodName method, State state) throws SQLException {
    return statements
        .number(
            "SELECT generation FROM method WHERE name = ? AND version = ? AND fingerprint = ?",
            method.name(),
            method.version(),
            method.fingerprint())
        .orElse(state.absentGeneration());
  }

  long tagGeneration(String tag, State state) throws SQLException {
    return statements
        .number("SELECT generation FROM tag WHERE name = ?", tag)
        .orElse(state.absentGeneration());
  }

  long methodRow(MethodName method, State state) throws SQLException {
    OptionalLong row = statements.number(
        "SELECT id FROM method WHERE name = ? AND version = ? AND fingerprint = ?",
        method.name(),
        method.version(),
        method.fingerprint());
    return row.isPresent()
        ? row.getAsLong()
        : inserted(
            "INSERT INTO method (name, version, fingerprint, generation) VALUES (?, ?, ?, ?)",
            method.name(),
            method.version(),
            method.fingerprint(),
            state.absentGeneration());
  }

  long tagRow(String tag, State state) throws SQLException {
    OptionalLong row = tagRow(tag);
    return row.isPresent()
        ? row.getAsLong()
        : inserted(
            "INSERT INTO tag (name, generation) VALUES (?, ?)", tag, state.absentGeneration());
  }

  OptionalLong tagRow(String tag) throws SQLException {
    return statements.number("SELECT id FROM tag WHERE name = ?", tag);
  }

  private long inserted(String sql, Object... parameters) throws SQLException {
    statements.update(sql, parameters);
    return statements.number("SELECT last_insert_rowid()").orElseThrow();
  }

  /** The rows of the methods with this full name, or with this name before the parameter types. */
  List<Long> methodRows(String name) throws SQLException {
    return statements.list(
        "SELECT id FROM method WHERE name = ?1 OR substr(name, 1, length(?1) + 1) = ?1 || '('",
        row -> row.getLong(1),
        name);
  }

  /** Notes that a method is in use. */
  void use(MethodName method, long nowMillis, State state) throws SQLException {
    statements.update(
        "UPDATE method SET used = max(used, ?) WHERE id = ?", nowMillis, methodRow(method, state));
  }

  /** When a method was last in use, as far as anybody noted it. */
  long lastUse(MethodName method) throws SQLException {
    return statements
        .number(
            "SELECT used FROM method WHERE name = ? AND version = ? AND fingerprint = ?",
            method.name(),
            method.version(),
            method.fingerprint())
        .orElse(0);
  }

  /** A method and its row. */
  record MethodRow(long row, MethodName name) {}

  List<MethodRow> methods() throws SQLException {
    return statements.list(
        "SELECT id, name, version, fingerprint FROM method",
        row -> new MethodRow(
            row.getLong(1), new MethodName(row.getString(2), row.getInt(3), row.getString(4))));
  }

  String tagName(long row) throws SQLException {
    return statements
        .first("SELECT name FROM tag WHERE id = ?", found -> found.getString(1), row)
        .orElseThrow();
  }

  void evictTag(long row, long generation) throws SQLException {
    statements.update("UPDATE tag SET generation = ? WHERE id = ?", generation, row);
  }

  void evictMethod(long row, long generation) throws SQLException {
    statements.update("UPDATE method SET generation = ? WHERE id = ?", generation, row);
  }

  /** Removes the row of a method that has no entries; its name counts as evicted when last one was. */
  void dropMethod(long row, State state) throws SQLException {
    statements.update("DELETE FROM method WHERE id = ?", row);
    state.evictAbsentNames();
  }
}
