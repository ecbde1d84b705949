package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.Optional;

/** The one row of the table {@code state}, in a transaction. */
final class State {
  private static final String READ =
      "SELECT sequence, kind_generation, absent_generation, entries, size, last_row, evicting,"
          + " superseded_by, (SELECT max(id) FROM entry) FROM state";
  private static final String WRITE =
      "UPDATE state SET sequence = ?, kind_generation = ?, absent_generation = ?, entries = ?,"
          + " size = ?, last_row = ?, evicting = ?";

  /** Nobody counts that far: a million a second would take a hundred thousand years. */
  private static final long MOST = 1L << 62;

  /** More evictions than there can be in any database before another takes its place. */
  static final long UNSEEN = 1L << 32;

  private static final long MOST_GENERATIONS = MOST / UNSEEN / 2;

  private final long supersededBy;
  private long sequence;
  private long kindGeneration;
  private long absentGeneration;
  private long entries;
  private long sizeBytes;
  private long lastRow;
  private long evicting;
  private boolean changed;

  private State(Columns row) throws SQLException {
    this.sequence = row.number(1);
    this.kindGeneration = row.number(2);
    this.absentGeneration = row.number(3);
    this.entries = row.number(4);
    this.sizeBytes = row.number(5);
    this.lastRow = Math.max(row.number(6), row.number(9)); // evictions must not miss a row
    this.evicting = row.number(7);
    this.supersededBy = row.number(8);
  }

  static State read(Statements statements) throws SQLException {
    Optional<State> row = statements.first(READ, State::new);
    if (row.isEmpty()) {
      throw DiskException.damaged("read the state", "the database lost its state row");
    }
    State state = row.get();
    requireCounted("last row", state.lastRow);
    requireCounted("sequence", state.sequence);
    return state;
  }

  /** With another, what is stored and evicted next would get numbers that compare wrongly. */
  private static void requireCounted(String name, long number) {
    if (number < 0 || number > MOST) {
      throw DiskException.damaged(
          "read the state", "the " + name + " is " + number + ", which nobody counted");
    }
  }

  void writeIfChanged(Statements statements) throws SQLException {
    if (changed) {
      statements.update(
          WRITE, sequence, kindGeneration, absentGeneration, entries, sizeBytes, lastRow, evicting);
    }
  }

  /** Whether a number was read from a database whose place this one took without knowing all of it. */
  boolean isUnknownTo(long earlierSequence) {
    return sequence - earlierSequence >= UNSEEN / 2;
  }

  /** The generation of the database that took this one's place, or 0. */
  long supersededBy() {
    return supersededBy;
  }

  long sequence() {
    return sequence;
  }

  long kindGeneration() {
    return kindGeneration;
  }

  long absentGeneration() {
    return absentGeneration;
  }

  long entries() {
    return entries;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  long lastRow() {
    return lastRow;
  }

  /** Whether evictions hide entries that are still to be removed. */
  boolean isEvicting() {
    return evicting > 0;
  }

  /** For the next entry. */
  long upcomingRow() {
    return Math.incrementExact(lastRow);
  }

  /** Says that an entry has a row, which no other will have. */
  void rowTaken(long row) {
    changed = true;
    lastRow = row;
  }

  /** The generation of an eviction that happens now. */
  long nextGeneration() {
    changed = true;
    return ++sequence;
  }

  void evictKind() {
    kindGeneration = nextGeneration();
  }

  /** Names without a row count as evicted now. */
  void evictAbsentNames() {
    absentGeneration = sequence;
    changed = true;
  }

  void add(long moreEntries, long moreBytes) {
    entries += moreEntries;
    sizeBytes += moreBytes;
    changed = true;
  }

  void evictingBegun() {
    evicting++;
    changed = true;
  }

  void evictingEnded() {
    evicting--;
    changed = true;
  }

  /** Whether the sums cannot be those of any entries. */
  boolean hasNegativeSums() {
    return entries < 0 || sizeBytes < 0;
  }

  /** Notes what there is, as counted in this transaction. */
  void recounted(long entriesNow, long bytesNow) {
    entries = entriesNow;
    sizeBytes = bytesNow;
    changed = true;
  }

  /** Puts sums right that were found to be wrong by so much. */
  void mend(long moreEntries, long moreBytes, long moreEvictions) {
    add(moreEntries, moreBytes);
    evicting += moreEvictions;
  }

  /**
   * Takes the place of another database, which may know of later evictions.
   *
   * @param skipped numbers that nobody may have seen
   */
  void takeTheirPlace(State live, long skipped) {
    sequence = Math.max(sequence, live.sequence) + skipped;
    kindGeneration = Math.max(kindGeneration, live.kindGeneration);
    absentGeneration = Math.max(absentGeneration, live.absentGeneration);
    lastRow = Math.max(lastRow, live.lastRow);
    changed = true;
  }

  /**
   * Takes the place of databases that nobody can read, so that none of their numbers is later than its
   * own.
   *
   * @param generation of this one, which is higher than theirs
   */
  void takeThePlaceOfUnknown(long generation) {
    sequence = Math.max(sequence, Math.min(generation, MOST_GENERATIONS) * UNSEEN) + UNSEEN;
    changed = true;
  }

  /** Knows of another database's evictions, which are later. */
  void follow(State later) {
    sequence = Math.max(sequence, later.sequence);
    changed = true;
  }

  /** Goes on where the database that this one replaces ended; what is computed now is refused. */
  void continueAfter(State before) {
    sequence = before.sequence;
    lastRow = before.lastRow;
    evictKind();
    evictAbsentNames();
  }
}
