package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of entries and their tags, with the sums kept right. In a write transaction. */
final class Entries {
  /**
   * Rows to be removed together, in memory, emptied after each use. SQLite knows nothing of its size,
   * so that joins with it are {@code CROSS} or {@code LEFT}, which keep their order: few rows are looked
   * up among many.
   */
  static final String CREATE_DOOMED = "CREATE TEMP TABLE doomed (id INTEGER PRIMARY KEY)";

  /** Whether an eviction hides the row of {@code entry} until it is removed. */
  static final String HIDDEN = "EXISTS (SELECT 1 FROM evicting v WHERE entry.id <= v.last"
      + " AND (v.method = 0 OR v.method = entry.method)"
      + " AND (v.tag = 0 OR instr(entry.tags, ',' || v.tag || ',')"
      + " OR EXISTS (SELECT 1 FROM entry_tag t WHERE t.tag = v.tag AND t.entry = entry.id)))";

  private static final Pattern TAG_ROW = Pattern.compile("[0-9]{1,18}");

  private static final String FIND =
      "SELECT id, checksum, method, size, expires, file, " + HIDDEN + ", stored FROM entry WHERE ";

  private final Statements statements;
  private final Names names;
  private final StoreLimits limits;
  private final Consumer<String> doomedFiles;
  private final long lastRowBefore;
  private boolean removedOwn;

  /** How many entries were removed to make room, and whether some had been put by hand. */
  record Culled(long entries, boolean byHand) {}

  /** A row that is in the way of another of its key. */
  record Present(
      RowIdentity identity,
      long method,
      long sizeBytes,
      long expiresMillis,
      Optional<String> file,
      boolean hidden,
      long storedMillis) {}

  Entries(
      Statements statements,
      Names names,
      StoreLimits limits,
      Consumer<String> doomedFiles,
      long lastRowBefore) {
    this.statements = statements;
    this.names = names;
    this.limits = limits;
    this.doomedFiles = doomedFiles;
    this.lastRowBefore = lastRowBefore;
  }

  /** Whether a row was removed that was made in the same transaction. */
  boolean removedOwn() {
    return removedOwn;
  }

  Optional<Present> find(Key key) throws SQLException {
    return statements.first(FIND + "key = ?", Entries::present, (Object) key.toBytes());
  }

  Optional<Present> find(RowIdentity identity) throws SQLException {
    return statements.first(
        FIND + "id = ? AND checksum = ?", Entries::present, identity.row(), identity.checksum());
  }

  private static Present present(Columns row) throws SQLException {
    return new Present(
        new RowIdentity(row.number(1), row.number(2)),
        row.number(3),
        row.number(4),
        row.number(5),
        Optional.ofNullable(row.text(6)),
        row.number(7) != 0,
        row.number(8));
  }

  /**
   * Inserts an entry whose key has no row.
   *
   * @param accessedMillis when it is used for the first time
   */
  RowIdentity insert(Prepared prepared, long accessedMillis, State state) throws SQLException {
    return insertIfAbsent(prepared, accessedMillis, state)
        .orElseThrow(() -> DiskException.damaged("store an entry", "its key has a row already"));
  }

  /**
   * Inserts an entry, unless its key has a row. If it has one, and there is no index of tags, rows of
   * its tags are left behind.
   *
   * @param accessedMillis when it is used for the first time
   * @return empty if nothing was inserted
   */
  Optional<RowIdentity> insertIfAbsent(Prepared prepared, long accessedMillis, State state)
      throws SQLException {
    NewEntry entry = prepared.entry();
    long row = state.upcomingRow();
    int inserted = statements.update(
        "INSERT INTO entry (id, key, method, stored, expires, accessed, accesses, cost, size,"
            + " checksum, file, value, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (key) DO NOTHING",
        row,
        entry.key().toBytes(),
        names.methodRowOrNew(entry.method(), state),
        prepared.storedMillis(),
        entry.expiresMillis(),
        accessedMillis,
        new CullFloor(statements, limits.cullOrder()).firstAccesses(entry),
        entry.costNanos(),
        entry.sizeBytes(),
        prepared.checksum(),
        prepared.file(),
        prepared.file() == null ? prepared.bytes() : null,
        entry.tags().isEmpty() || limits.tagIndex() ? null : commaList(entry.tags(), state));
    if (inserted == 0) {
      return Optional.empty();
    }
    state.rowTaken(row);
    if (limits.tagIndex()) {
      for (String tag : entry.tags()) {
        statements.update(
            "INSERT OR IGNORE INTO entry_tag (tag, entry) VALUES (?, ?)",
            names.tagRowOrNew(tag, state),
            row);
      }
    }
    state.add(1, entry.sizeBytes());
    return Optional.of(new RowIdentity(row, prepared.checksum()));
  }

  private String commaList(List<String> tags, State state) throws SQLException {
    StringBuilder rows = new StringBuilder(",");
    for (String tag : tags) {
      rows.append(names.tagRowOrNew(tag, state)).append(',');
    }
    return rows.toString();
  }

  List<String> tagsOf(long row) throws SQLException {
    return tagsOf(row, statements);
  }

  static List<String> tagsOf(long row, Statements statements) throws SQLException {
    Optional<String> unindexed = statements
        .first(
            "SELECT tags FROM entry WHERE id = ?", tags -> Optional.ofNullable(tags.text(1)), row)
        .flatMap(tags -> tags);
    return unindexed.isPresent()
        ? namesIn(unindexed.get(), statements)
        : statements.list(
            "SELECT name FROM tag WHERE id IN (SELECT tag FROM entry_tag WHERE entry = ?)",
            tag -> tag.requiredText(1),
            row);
  }

  private static List<String> namesIn(String commaList, Statements statements) throws SQLException {
    List<String> found = new ArrayList<>();
    for (long tag : rowsIn(commaList)) {
      found.addAll(
          statements.list("SELECT name FROM tag WHERE id = ?", row -> row.requiredText(1), tag));
    }
    return found;
  }

  /** The rows of tags in a list of them; what is no number is no tag of ours. */
  static List<Long> rowsIn(String commaList) {
    return Stream.of(commaList.split(",", 0))
        .filter(row -> TAG_ROW.matcher(row).matches())
        .map(Long::parseLong)
        .toList();
  }

  /** Gives a row another end, and the value that was encrypted anew for it. */
  void replaceValue(Present present, Prepared prepared) throws SQLException {
    if (present.file().isPresent()) {
      doom(present.file().get());
    }
    statements.update(
        "UPDATE entry SET expires = ?, checksum = ?, value = ?, file = ? WHERE id = ?",
        prepared.entry().expiresMillis(),
        prepared.checksum(),
        prepared.file() == null ? prepared.bytes() : null,
        prepared.file(),
        present.identity().row());
  }

  void remove(Present entry, State state) throws SQLException {
    if (entry.file().isPresent()) {
      doom(entry.file().get());
    }
    statements.update("DELETE FROM entry_tag WHERE entry = ?", entry.identity().row());
    statements.update("DELETE FROM entry WHERE id = ?", entry.identity().row());
    removedOwn |= entry.identity().row() > lastRowBefore;
    state.add(-1, -entry.sizeBytes());
  }

  private void doom(String file) throws SQLException {
    statements.update("INSERT OR IGNORE INTO doomed_file (name) VALUES (?)", file);
    doomedFiles.accept(file);
  }

  /**
   * Removes entries until there is enough room or the limit is reached: expired ones, then others in
   * the order in which they make room.
   *
   * @param last highest row that may be removed
   * @return what was removed
   */
  Culled cull(long nowMillis, long bytesOver, long mostEntries, long last, State state)
      throws SQLException {
    long[] left = {bytesOver, mostEntries};
    doom(
        left,
        "WHERE expires <= ? AND expires < " + StoredEntry.NEVER
            + " AND id <= ? ORDER BY expires, id",
        nowMillis,
        last);
    String rest = "WHERE id NOT IN (SELECT id FROM doomed) AND id <= ? ORDER BY ";
    long worth = doom(left, rest + limits.cullOrder().columns(), last);
    if (worth > 0) {
      new CullFloor(statements, limits.cullOrder()).raiseTo(worth);
    }
    boolean byHand = statements
        .number("SELECT 1 FROM doomed CROSS JOIN entry USING (id)"
            + " CROSS JOIN method ON method.id = entry.method WHERE name = '' LIMIT 1")
        .isPresent();
    return new Culled(removeDoomed(state).entries(), byHand);
  }

  /**
   * Dooms the first entries of a list, and takes them off the bytes and entries that are left.
   *
   * @return what the last of them was worth
   */
  private long doom(long[] left, String order, Object... parameters) throws SQLException {
    if (left[0] <= 0 || left[1] <= 0) {
      return 0;
    }
    Object[] limited = Arrays.copyOf(parameters, parameters.length + 1);
    limited[parameters.length] = left[1];
    List<long[]> candidates = statements.list(
        "SELECT id, size, " + limits.cullOrder().worth() + " FROM entry " + order + " LIMIT ?",
        row -> new long[] {row.number(1), row.number(2), row.number(3)},
        limited);
    long worth = 0;
    for (int i = 0; i < candidates.size() && left[0] > 0; i++) {
      long[] candidate = candidates.get(i);
      statements.update("INSERT INTO doomed (id) VALUES (?)", candidate[0]);
      left[0] -= candidate[1];
      left[1]--;
      worth = candidate[2];
    }
    return worth;
  }

  /** Removes entries whose time is over, at most so many; what an eviction hides was counted there. */
  long expire(long nowMillis, int mostEntries, State state) throws SQLException {
    return removeWhere(
        "SELECT id FROM entry WHERE expires <= ? AND expires < " + StoredEntry.NEVER + " AND NOT "
            + HIDDEN,
        mostEntries,
        state,
        nowMillis);
  }

  /**
   * The entries with a tag, in their order; those without a row in the index must be looked at one by
   * one.
   */
  private static final String TAGGED = "SELECT entry AS id FROM entry_tag"
      + " WHERE tag = ?1 AND entry <= ?2 AND entry > ?3"
      + " UNION ALL SELECT id FROM entry WHERE tags IS NOT NULL"
      + " AND instr(tags, ',' || ?1 || ',') AND id <= ?2 AND id > ?3";

  private static final String TAGGED_OF_METHOD =
      "SELECT entry.id AS id FROM entry_tag CROSS JOIN entry ON entry.id = entry_tag.entry"
          + " WHERE tag = ?1 AND entry_tag.entry <= ?2 AND entry_tag.entry > ?3 AND method = ?4"
          + " UNION ALL SELECT id FROM entry WHERE tags IS NOT NULL"
          + " AND instr(tags, ',' || ?1 || ',') AND id <= ?2 AND id > ?3 AND method = ?4";

  private static final String OF_METHOD =
      "SELECT id FROM entry WHERE method = ?1 AND id <= ?2 AND id > ?3";

  private static final String ALL = "SELECT id FROM entry WHERE id <= ?1 AND id > ?2";

  /** How many entries an eviction would remove. */
  long count(Eviction eviction) throws SQLException {
    return statements
        .number("SELECT count(*) FROM (" + eviction.select() + ")", eviction.parameters())
        .orElseThrow();
  }

  /** How many of these no eviction hides yet. */
  long countVisible(Eviction eviction) throws SQLException {
    return statements
        .number(
            "SELECT count(*) FROM entry WHERE id IN (" + eviction.select() + ") AND NOT " + HIDDEN,
            eviction.parameters())
        .orElseThrow();
  }

  /** How many entries no eviction hides. */
  long countVisible(State state) throws SQLException {
    return state.isEvicting() ? countVisible(new Eviction(0, 0, state.lastRow())) : state.entries();
  }

  /**
   * What was removed.
   *
   * @param rows that were found to be removed, of which those of loose tags are no entries
   * @param last the highest of them
   * @param entries how many of them were
   */
  record Removal(long rows, long last, long entries) {}

  /** Removes the first entries of an eviction, at most so many; of no rows only where none are left. */
  Removal removeFirst(Eviction eviction, int mostEntries, State state) throws SQLException {
    statements.update(
        "INSERT OR IGNORE INTO doomed " + eviction.select() + " ORDER BY 1 LIMIT " + mostEntries,
        eviction.parameters());
    return removeDoomed(state);
  }

  /** Removes entries of an eviction, at most so many. */
  long remove(Eviction eviction, long mostEntries, State state) throws SQLException {
    return removeWhere(eviction.select(), mostEntries, state, eviction.parameters());
  }

  /**
   * Which entries an eviction removes.
   *
   * @param tag row of the tag, 0 for any
   * @param method row of the method, 0 for any
   * @param last highest row
   * @param before row before the first
   */
  record Eviction(long tag, long method, long last, long before) {
    Eviction(long tag, long method, long last) {
      this(tag, method, last, 0);
    }

    /** What is left when the rows up to one are removed. */
    Eviction after(long row) {
      return new Eviction(tag, method, last, Math.max(before, row));
    }

    /** Whether another is the same, or what is left of it; rows are never used again. */
    boolean isPartly(Eviction rest) {
      return tag == rest.tag && method == rest.method && last == rest.last;
    }

    private String select() {
      if (tag == 0) {
        return method == 0 ? ALL : OF_METHOD;
      }
      return method == 0 ? TAGGED : TAGGED_OF_METHOD;
    }

    private Object[] parameters() {
      if (tag == 0) {
        return method == 0 ? new Object[] {last, before} : new Object[] {method, last, before};
      }
      return method == 0
          ? new Object[] {tag, last, before}
          : new Object[] {tag, last, before, method};
    }
  }

  /** Removes the entries whose rows a query lists. */
  long removeAll(String select, State state, Object... parameters) throws SQLException {
    statements.update("INSERT OR IGNORE INTO doomed " + select, parameters);
    return removeDoomed(state).entries();
  }

  private long removeWhere(String select, long mostEntries, State state, Object... parameters)
      throws SQLException {
    statements.update(
        "INSERT OR IGNORE INTO doomed " + select + " LIMIT " + mostEntries, parameters);
    return removeDoomed(state).entries();
  }

  /** With their tags, also the loose ones, which would be found again and again. */
  private Removal removeDoomed(State state) throws SQLException {
    Doomed doomed = statements.first(Doomed.SELECT, Doomed::of).orElseThrow();
    if (doomed.files() > 0) {
      doomFiles();
    }
    if (doomed.rows() > 0) {
      statements.update("DELETE FROM entry_tag WHERE entry IN (SELECT id FROM doomed)");
    }
    if (doomed.entries() > 0) {
      statements.update("DELETE FROM entry WHERE id IN (SELECT id FROM doomed)");
      state.add(-doomed.entries(), -doomed.bytes());
      removedOwn |= doomed.lastEntry() > lastRowBefore;
    }
    statements.update("DELETE FROM doomed");
    return new Removal(doomed.rows(), doomed.last(), doomed.entries());
  }

  /** The rows to be removed, and the entries among them. */
  private record Doomed(
      long rows, long last, long entries, long bytes, long files, long lastEntry) {
    static final String SELECT =
        "SELECT count(*), coalesce(max(doomed.id), 0), count(entry.id), coalesce(sum(size), 0),"
            + " count(file), coalesce(max(entry.id), 0)"
            + " FROM doomed LEFT JOIN entry ON entry.id = doomed.id";

    static Doomed of(Columns row) throws SQLException {
      return new Doomed(
          row.number(1), row.number(2), row.number(3), row.number(4), row.number(5), row.number(6));
    }
  }

  private void doomFiles() throws SQLException {
    List<String> files = statements.list(
        "SELECT file FROM doomed CROSS JOIN entry USING (id) WHERE file IS NOT NULL",
        row -> row.requiredText(1));
    for (String file : files) {
      doom(file);
    }
  }
}
