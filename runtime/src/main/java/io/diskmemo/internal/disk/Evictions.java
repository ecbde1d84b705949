package io.diskmemo.internal.disk;

import io.diskmemo.internal.disk.Entries.Eviction;
import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Evictions of many entries. In a write transaction.
 *
 * <p>An eviction gives its tag, method or kind a new generation, so that what is being computed is
 * refused. A few entries are removed in the same transaction. Of many, only a note is made, which
 * hides them from then on; they are removed in steps, so that nobody waits for long.
 */
final class Evictions {
  /** Most entries that one transaction removes. */
  static final int STEP = 1000;

  /** So many are removed at once of what is hidden, beside callers who want to write. */
  static final int PART = 200;

  private final Transaction transaction;

  Evictions(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Evicts entries, and returns how many; those that are still to be removed are hidden. */
  long evict(EntryFilter filter) throws SQLException {
    transaction.invalidateMemory();
    String tag = filter.tag();
    String method = filter.method();
    if (method != null) {
      return evictMethods(method, tag);
    }
    if (tag != null) {
      return evictTag(tag);
    }
    transaction.state.evictKind();
    return remove(0, 0);
  }

  private long evictMethods(String name, @Nullable String tag) throws SQLException {
    long generation = transaction.state.nextGeneration();
    transaction.names.evictAbsentMethods(name, generation, transaction.state);
    OptionalLong tagRow = tag == null ? OptionalLong.of(0) : transaction.names.findTagRow(tag);
    long evicted = 0;
    for (long method : transaction.names.methodRows(name)) {
      transaction.names.evictMethod(method, generation);
      evicted += tagRow.isPresent() ? remove(tagRow.getAsLong(), method) : 0;
    }
    return evicted;
  }

  private long evictTag(String tag) throws SQLException {
    long row = transaction.names.tagRowOrNew(tag, transaction.state);
    transaction.names.evictTag(row, transaction.state.nextGeneration());
    return remove(row, 0);
  }

  private long remove(long tag, long method) throws SQLException {
    Eviction eviction = new Eviction(tag, method, transaction.state.lastRow());
    long found = transaction.entries.count(eviction);
    long visible =
        transaction.state.isEvicting() ? transaction.entries.countVisible(eviction) : found;
    if (found <= STEP) {
      transaction.entries.remove(eviction, STEP, transaction.state);
      return visible;
    }
    if (visible == 0) {
      return 0; // all are being removed already
    }
    transaction.statements.update(
        "INSERT INTO evicting (tag, method, last) VALUES (?, ?, ?)", tag, method, eviction.last());
    transaction.state.evictingBegun();
    return visible;
  }

  /**
   * What a step removed.
   *
   * @param entries how many
   * @param more whether more is hidden
   * @param generation of the database
   * @param eviction of which the entries after the highest that was removed are left
   */
  record Removed(long entries, boolean more, long generation, Eviction eviction) {
    /** Before the first. */
    static final Removed NOTHING = new Removed(0, true, 0, new Eviction(0, 0, 0));
  }

  /**
   * Removes some of the entries that are hidden.
   *
   * @param before the step before, so that the same entries are not looked through again
   */
  Removed removeStep(Removed before) throws SQLException {
    long generation = transaction.statements.generation();
    Optional<Step> next = nextStep();
    if (next.isEmpty()) {
      return new Removed(0, false, generation, before.eviction());
    }
    Eviction eviction = next.get().eviction();
    if (before.generation() == generation && eviction.isPartly(before.eviction())) {
      eviction = before.eviction();
    }
    Entries.Removal removal = transaction.entries.removeFirst(eviction, PART, transaction.state);
    if (removal.rows() == 0) {
      transaction.statements.update(
          "DELETE FROM evicting WHERE id = ?", next.get().id());
      transaction.state.evictingEnded();
    }
    return new Removed(
        removal.entries(),
        transaction.state.isEvicting(),
        generation,
        eviction.after(removal.last()));
  }

  /** Removes entries that are hidden, at most so many. */
  long removeSome(long mostEntries) throws SQLException {
    Optional<Step> next = nextStep();
    return next.isPresent()
        ? transaction.entries.remove(next.get().eviction(), mostEntries, transaction.state)
        : 0;
  }

  private Optional<Step> nextStep() throws SQLException {
    return transaction.statements.first(
        "SELECT id, tag, method, last FROM evicting ORDER BY id",
        row -> new Step(row.number(1), new Eviction(row.number(2), row.number(3), row.number(4))));
  }

  private record Step(long id, Eviction eviction) {}

  /** Evicts one entry, and refuses those of its method that are being computed. */
  boolean evict(Key key, @Nullable MethodName method) throws SQLException {
    transaction.invalidateMemory();
    State state = transaction.state;
    Optional<Entries.Present> present = transaction.entries.find(key);
    if (present.isPresent()) {
      transaction.names.evictMethod(present.get().method(), state.nextGeneration());
      transaction.entries.remove(present.get(), state);
    } else if (method == null) { // it may be being computed by any of them
      transaction.names.evictAllMethods(state.nextGeneration(), state);
    } else {
      transaction.names.evictMethod(
          transaction.names.methodRowOrNew(method, state), state.nextGeneration());
    }
    return present.isPresent() && !present.get().hidden();
  }
}
