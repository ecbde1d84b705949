package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of entries and their tags, with the sums kept right. In a write transaction. */
final class Entries {
  /** Rows to be removed together, in memory, emptied after each use. */
  static final String CREATE_DOOMED = "CREATE TEMP TABLE doomed (id INTEGER PRIMARY KEY)";

  private final Statements statements;
  private final Names names;

  /** How many entries were removed to make room, and whether some had been put by hand. */
  record Culled(long entries, boolean byHand) {}

  /** A row that is in the way of another of its key. */
  record Present(RowIdentity identity, long method, long sizeBytes, long expiresMillis) {}

  Entries(Statements statements, Names names) {
    this.statements = statements;
    this.names = names;
  }

  Optional<Present> find(Key key) throws SQLException {
    return statements
        .list(
            "SELECT id, checksum, method, size, expires FROM entry WHERE key = ?",
            row -> new Present(
                new RowIdentity(row.getLong(1), row.getLong(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5)),
            (Object) key.toBytes())
        .stream()
        .findFirst();
  }

  RowIdentity insert(NewEntry entry, long nowMillis, State state) throws SQLException {
    long checksum = EntryChecksum.of(
        entry.key(), nowMillis, entry.expiresMillis(), entry.costNanos(), entry.value());
    statements.update(
        "INSERT INTO entry (key, method, stored, expires, accessed, accesses, cost, size, checksum,"
            + " value) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
        entry.key().toBytes(),
        names.methodRow(entry.method(), state),
        nowMillis,
        entry.expiresMillis(),
        nowMillis,
        entry.costNanos(),
        entry.sizeBytes(),
        checksum,
        entry.value());
    long row = statements.number("SELECT last_insert_rowid()").orElseThrow();
    for (String tag : entry.tags()) {
      statements.update(
          "INSERT OR IGNORE INTO entry_tag (tag, entry) VALUES (?, ?)",
          names.tagRow(tag, state),
          row);
    }
    state.add(1, entry.sizeBytes());
    return new RowIdentity(row, checksum);
  }

  List<String> tagsOf(long row) throws SQLException {
    return statements.list(
        "SELECT name FROM tag WHERE id IN (SELECT tag FROM entry_tag WHERE entry = ?)",
        tag -> tag.getString(1),
        row);
  }

  void remove(Present entry, State state) throws SQLException {
    statements.update("DELETE FROM entry_tag WHERE entry = ?", entry.identity().row());
    statements.update("DELETE FROM entry WHERE id = ?", entry.identity().row());
    state.add(-1, -entry.sizeBytes());
  }

  /**
   * Removes the entries stored longest ago, until there is room or the limit is reached.
   *
   * @return what was removed
   */
  Culled cull(long bytesOver, long mostEntries, State state) throws SQLException {
    if (bytesOver <= 0 || mostEntries <= 0) {
      return new Culled(0, false);
    }
    statements.update(
        "INSERT INTO doomed SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY id) - size AS before"
            + " FROM (SELECT id, size FROM entry ORDER BY id LIMIT ?)) WHERE before < ?",
        mostEntries,
        bytesOver);
    boolean byHand = statements
        .number("SELECT 1 FROM doomed JOIN entry USING (id) JOIN method ON method.id = entry.method"
            + " WHERE name = '' LIMIT 1")
        .isPresent();
    return new Culled(removeDoomed(state), byHand);
  }

  /** Removes entries whose time is over, at most so many. */
  long expire(long nowMillis, int mostEntries, State state) throws SQLException {
    statements.update(
        "INSERT INTO doomed SELECT id FROM entry WHERE expires <= ? AND expires < "
            + StoredEntry.NEVER
            + " LIMIT ?",
        nowMillis,
        mostEntries);
    return removeDoomed(state);
  }

  long removeTagged(long tagRow, State state) throws SQLException {
    statements.update("INSERT INTO doomed SELECT entry FROM entry_tag WHERE tag = ?", tagRow);
    return removeDoomed(state);
  }

  long removeOfMethod(long methodRow, State state) throws SQLException {
    statements.update("INSERT INTO doomed SELECT id FROM entry WHERE method = ?", methodRow);
    return removeDoomed(state);
  }

  long removeTaggedOfMethod(long tagRow, long methodRow, State state) throws SQLException {
    statements.update(
        "INSERT INTO doomed SELECT id FROM entry_tag JOIN entry ON id = entry"
            + " WHERE tag = ? AND method = ?",
        tagRow,
        methodRow);
    return removeDoomed(state);
  }

  long removeAll(State state) throws SQLException {
    long removed = state.entries();
    statements.update("DELETE FROM entry_tag");
    statements.update("DELETE FROM entry");
    state.add(-removed, -state.sizeBytes());
    return removed;
  }

  private long removeDoomed(State state) throws SQLException {
    long[] sums = statements
        .list("SELECT count(*), coalesce(sum(size), 0) FROM doomed JOIN entry USING (id)", row ->
            new long[] {row.getLong(1), row.getLong(2)})
        .get(0);
    if (sums[0] > 0) {
      statements.update("DELETE FROM entry_tag WHERE entry IN (SELECT id FROM doomed)");
      statements.update("DELETE FROM entry WHERE id IN (SELECT id FROM doomed)");
      state.add(-sums[0], -sums[1]);
    }
    statements.update("DELETE FROM doomed");
    return sums[0];
  }
}
