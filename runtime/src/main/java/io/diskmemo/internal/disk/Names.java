package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Tags and methods: their rows, and the generations that evictions give them. In a transaction.
 *
 * <p>An eviction by the name of a method concerns methods that have no row yet, because their first
 * results are being computed. It leaves a row of its own under that name, which holds for every such
 * method; under the empty name, it holds for all. When there are many of these, they give way to the
 * generation of all names without a row.
 */
final class Names {
  private static final int NO_VERSION = Integer.MIN_VALUE;

  /** Says of a row in {@code method} that it is no method's, but notes an eviction by its name. */
  static final String IS_EVICTED_NAME = "(version = " + NO_VERSION + " AND fingerprint = '')";

  private static final int MOST_EVICTED_NAMES = 1000;

  private final Statements statements;
  private final Map<String, Long> tagRows = new HashMap<>();
  private final Map<MethodName, Long> methodRows = new HashMap<>();

  Names(Statements statements) {
    this.statements = statements;
  }

  /**
   * Whether anything that the entry hangs on was evicted after its sequence. What is put by hand hangs on
   * no method: an eviction of one such entry says nothing of others.
   */
  boolean evictedSince(NewEntry entry, State state) throws SQLException {
    if (state.sequence() == entry.sequence()) {
      return false;
    }
    if (state.isUnknownTo(entry.sequence())
        || state.kindGeneration() > entry.sequence()
        || (!entry.method().equals(MethodName.BY_HAND)
            && methodGeneration(entry.method(), state) > entry.sequence())) {
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
    OptionalLong noted = statements.number(
        "SELECT generation FROM method WHERE name = ? AND version = ? AND fingerprint = ?",
        method.name(),
        method.version(),
        method.fingerprint());
    return noted.isPresent() ? noted.getAsLong() : absentGeneration(method, state);
  }

  /** Of a method without a row: when its name was evicted last, or all those without one. */
  private long absentGeneration(MethodName method, State state) throws SQLException {
    long ofName = statements
        .number(
            "SELECT coalesce(max(generation), 0) FROM method WHERE " + IS_EVICTED_NAME
                + " AND (name = '' OR name = ?1 OR substr(?1, 1, length(name) + 1) = name || '(')",
            method.name())
        .orElseThrow();
    return Math.max(ofName, state.absentGeneration());
  }

  long tagGeneration(String tag, State state) throws SQLException {
    return statements
        .number("SELECT generation FROM tag WHERE name = ?", tag)
        .orElse(state.absentGeneration());
  }

  /** Asks the table once, because entries that are stored together often have the same. */
  long methodRowOrNew(MethodName method, State state) throws SQLException {
    Long known = methodRows.get(method);
    return known == null ? noted(methodRows, method, foundOrInserted(method, state)) : known;
  }

  private long foundOrInserted(MethodName method, State state) throws SQLException {
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
            absentGeneration(method, state));
  }

  /** Asks the table once, as of methods. */
  long tagRowOrNew(String tag, State state) throws SQLException {
    Long known = tagRows.get(tag);
    return known == null ? noted(tagRows, tag, foundOrInserted(tag, state)) : known;
  }

  private long foundOrInserted(String tag, State state) throws SQLException {
    OptionalLong row = findTagRow(tag);
    return row.isPresent()
        ? row.getAsLong()
        : inserted(
            "INSERT INTO tag (name, generation) VALUES (?, ?)", tag, state.absentGeneration());
  }

  private static <K> long noted(Map<K, Long> rows, K name, long row) {
    rows.put(name, row);
    return row;
  }

  OptionalLong findTagRow(String tag) throws SQLException {
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
        row -> row.number(1),
        name);
  }

  /** Notes that a method is in use. */
  void use(MethodName method, long nowMillis, State state) throws SQLException {
    statements.update(
        "UPDATE method SET used = max(used, ?) WHERE id = ?",
        nowMillis,
        methodRowOrNew(method, state));
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
            row.number(1),
            new MethodName(row.requiredText(2), (int) row.number(3), row.requiredText(4))));
  }

  String tagName(long row) throws SQLException {
    return statements
        .first("SELECT name FROM tag WHERE id = ?", found -> found.requiredText(1), row)
        .orElseThrow();
  }

  /**
   * Removes the row of a tag, unless an entry has it; its name counts as evicted when last one was.
   *
   * @param lastRow up to which the caller looked at the entries that are not in the index of tags
   */
  boolean dropTagIfUnused(long row, long lastRow, State state) throws SQLException {
    int dropped = statements.update(
        "DELETE FROM tag WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM entry_tag WHERE tag = ?1)"
            + " AND NOT EXISTS (SELECT 1 FROM entry WHERE tags IS NOT NULL AND id > ?2"
            + " AND instr(tags, ',' || ?1 || ','))"
            + " AND NOT EXISTS (SELECT 1 FROM evicting WHERE tag = ?1)",
        row,
        lastRow);
    if (dropped > 0) {
      tagRows.clear();
      state.evictAbsentNames();
    }
    return dropped > 0;
  }

  void evictTag(long row, long generation) throws SQLException {
    statements.update("UPDATE tag SET generation = ? WHERE id = ?", generation, row);
  }

  /** Evicts the methods of this name that have no row. */
  void evictAbsentMethods(String name, long generation, State state) throws SQLException {
    long noted = statements
        .number("SELECT count(*) FROM method WHERE " + IS_EVICTED_NAME)
        .orElseThrow();
    if (noted >= MOST_EVICTED_NAMES) {
      statements.update("DELETE FROM method WHERE " + IS_EVICTED_NAME);
      state.evictAbsentNames();
    } else {
      statements.update(
          "INSERT INTO method (name, version, fingerprint, generation) VALUES (?, " + NO_VERSION
              + ", '', ?) ON CONFLICT DO UPDATE SET generation = excluded.generation",
          name,
          generation);
    }
  }

  /** Evicts the results of all methods, and nothing that was put by hand. */
  void evictAllMethods(long generation, State state) throws SQLException {
    statements.update("UPDATE method SET generation = ? WHERE name <> ''", generation);
    evictAbsentMethods("", generation, state);
  }

  void evictMethod(long row, long generation) throws SQLException {
    statements.update("UPDATE method SET generation = ? WHERE id = ?", generation, row);
  }

  /** Removes the row of a method that has no entries; its name counts as evicted when last one was. */
  void dropMethod(long row, State state) throws SQLException {
    statements.update("DELETE FROM method WHERE id = ?", row);
    methodRows.clear();
    state.evictAbsentNames();
  }
}
