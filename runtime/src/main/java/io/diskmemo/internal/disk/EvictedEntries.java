package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Evicts entries, and removes what evictions hide. Thread-safe. */
final class EvictedEntries {
  /** More entries are cleared by a new database. */
  private static final long MOST_CLEARED_IN_PLACE = Evictions.STEP;

  private final Writer writer;
  private final Readers readers;
  private final Superseded superseded;
  private final LaterWork laterWork;
  private final AtomicBoolean removing = new AtomicBoolean();

  EvictedEntries(Writer writer, Readers readers, Superseded superseded, LaterWork laterWork) {
    this.writer = writer;
    this.readers = readers;
    this.superseded = superseded;
    this.laterWork = laterWork;
  }

  long evict(EntryFilter filter) {
    if (filter.equals(EntryFilter.ALL)
        && new Contents(readers).size().entries() > MOST_CLEARED_IN_PLACE) {
      return clear();
    }
    long evicted = writer
        .write("evict entries", transaction -> new Evictions(transaction).evict(filter))
        .value();
    removeLater();
    return evicted;
  }

  boolean evict(Key key, @Nullable MethodName method) {
    return writer
        .write("evict an entry", transaction -> new Evictions(transaction).evict(key, method))
        .value();
  }

  /** A new database takes the place of the old one, whose files are deleted afterwards. */
  private long clear() {
    long cleared = writer.replaceDatabase("clear the kind", (old, fresh) -> {
      copyAll(old, fresh, "setting");
      copyAll(old, fresh, "total");
      return old.entries.countVisible(old.state);
    });
    laterWork.later(superseded::delete);
    return cleared;
  }

  private static void copyAll(Transaction old, Transaction fresh, String table)
      throws SQLException {
    Map<String, String> rows = new HashMap<>();
    old.statements.list(
        "SELECT name, value FROM " + table,
        row -> String.valueOf(rows.put(row.requiredText(1), row.requiredText(2))));
    for (Map.Entry<String, String> row : rows.entrySet()) {
      fresh.statements.update(
          "INSERT INTO " + table + " (name, value) VALUES (?, ?)", row.getKey(), row.getValue());
    }
  }

  /** Also for a process that ended before it was done, or that failed. */
  void removeLater() {
    if (writer.coherence().isEvicting()) {
      laterWork.later(removing, () -> remove(Pace.TO_THE_END));
    }
  }

  /** Removes the entries that evictions hide, in steps that each hold the write lock for a moment. */
  long remove(Pace pace) {
    long removed = 0;
    Evictions.Removed step = Evictions.Removed.NOTHING;
    Pace gentle = pace.givingWay();
    while (step.more() && gentle.goOn(step.entries())) {
      Evictions.Removed before = step;
      step = writer
          .write(
              "remove evicted entries",
              transaction -> new Evictions(transaction).removeStep(before))
          .value();
      removed += step.entries();
    }
    return removed;
  }
}
