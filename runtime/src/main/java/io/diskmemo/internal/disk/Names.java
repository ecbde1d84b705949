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

  private long methodGeneration(MethodName method, State state) throws SQLException {
    return statements
        .number(
            "SELECT generation FROM method WHERE name = ? AND version = ? AND fingerprint = ?",
            method.name(),
            method.version(),
            method.fingerprint())
        .orElse(state.absentGeneration());
  }

  private long tagGeneration(String tag, State state) throws SQLException {
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

  void evictTag(long row, long generation) throws SQLException {
    statements.update("UPDATE tag SET generation = ? WHERE id = ?", generation, row);
  }

  void evictMethod(long row, long generation) throws SQLException {
    statements.update("UPDATE method SET generation = ? WHERE id = ?", generation, row);
  }

  /** Removes the tags that no entry has; their names count as evicted when last one was. */
  int dropUnusedTags(State state) throws SQLException {
    int dropped = statements.update(
        "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM entry_tag WHERE tag = tag.id)"
            + " AND NOT EXISTS (SELECT 1 FROM entry WHERE tags IS NOT NULL"
            + " AND instr(tags, ',' || tag.id || ','))"
            + " AND NOT EXISTS (SELECT 1 FROM evicting WHERE tag = tag.id)");
    if (dropped > 0) {
      state.evictAbsentNames();
    }
    return dropped;
  }
}
