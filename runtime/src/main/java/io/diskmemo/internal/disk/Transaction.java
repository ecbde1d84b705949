package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables as a change sees them, and what it has to say about its effects. For one thread. */
final class Transaction {
  final Statements statements;
  final State state;
  final Names names;
  final Entries entries;
  private final List<String> doomedFiles = new ArrayList<>();
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Runnable> undoing = new ArrayList<>();
  private boolean invalidates;
  private long lastCulled = Long.MAX_VALUE;

  Transaction(Statements statements, StoreLimits limits) throws SQLException {
    this.statements = statements;
    this.state = State.read(statements);
    this.names = new Names(statements);
    this.entries = new Entries(statements, names, limits, doomedFiles::add, state.lastRow());
  }

  /** Says that what memory tiers hold may no longer be true. */
  void invalidateMemory() {
    invalidates = true;
  }

  boolean invalidates() {
    return invalidates;
  }

  /**
   * Whether a row was removed that was made in the same transaction, so that not everything which its
   * changes stored is there after the commit.
   */
  boolean removedOwn() {
    return entries.removedOwn();
  }

  /** Value files to be deleted once this is committed. */
  List<String> doomedFiles() {
    return doomedFiles;
  }

  /** Says what to do once all of this is committed, which it stays whatever comes of that. */
  void onCommit(Runnable effect) {
    effects.add(effect);
  }

  void committed() {
    effects.forEach(Runnable::run);
  }

  /** Says what to do if all of this is rolled back. */
  void onRollback(Runnable undo) {
    undoing.add(undo);
  }

  void rolledBack() {
    undoing.forEach(Runnable::run);
  }

  /** Says that nothing after a row is removed to make room. */
  void spareAfter(long row) {
    lastCulled = row;
  }

  /**
   * Makes room: first what evictions hide goes, which was counted there. Results of methods stay true in memory; what was put by hand may be put again as
   * something else.
   */
  long cull(long nowMillis, long bytesOver, long mostEntries) throws SQLException {
    long before = state.sizeBytes();
    long hidden =
        state.isEvicting() && bytesOver > 0 ? new Evictions(this).removeSome(mostEntries) : 0;
    Entries.Culled culled = entries.cull(
        nowMillis,
        bytesOver - (before - state.sizeBytes()),
        mostEntries - hidden,
        lastCulled,
        state);
    invalidates |= culled.byHand();
    return culled.entries();
  }

  /** Counts reads of entries that are still there. */
  void addAccesses(Map<Long, AccessLog.Reads> accesses) throws SQLException {
    for (Map.Entry<Long, AccessLog.Reads> access : accesses.entrySet()) {
      statements.update(
          "UPDATE entry SET accessed = max(accessed, ?), accesses = accesses + ? WHERE id = ?",
          access.getValue().lastMillis(),
          access.getValue().times(),
          access.getKey());
    }
  }
}
