package io.diskmemo.internal.disk;

import java.sql.SQLException;

/** The one row of the table {@code state}, in a transaction. */
final class State {
  private static final String READ =
      "SELECT sequence, kind_generation, absent_generation, entries, size FROM state";
  private static final String WRITE =
      "UPDATE state SET sequence = ?, kind_generation = ?, absent_generation = ?, entries = ?,"
          + " size = ?";

  private long sequence;
  private long kindGeneration;
  private long absentGeneration;
  private long entries;
  private long sizeBytes;
  private boolean changed;

  private State(
      long sequence, long kindGeneration, long absentGeneration, long entries, long size) {
    this.sequence = sequence;
    this.kindGeneration = kindGeneration;
    this.absentGeneration = absentGeneration;
    this.entries = entries;
    this.sizeBytes = size;
  }

  static State read(Statements statements) throws SQLException {
    return statements
        .list(
            READ,
            row -> new State(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new DiskException("read the state", false, "the database lost its state row"));
  }

  void writeIfChanged(Statements statements) throws SQLException {
    if (changed) {
      statements.update(WRITE, sequence, kindGeneration, absentGeneration, entries, sizeBytes);
    }
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

  /** The generation of an eviction that happens now. */
  long nextGeneration() {
    changed = true;
    return ++sequence;
  }

  void evictKind() {
    kindGeneration = nextGeneration();
  }

  /** Evicts names, of which those without a row cannot be noted one by one. */
  long evictSomeNames() {
    long generation = nextGeneration();
    evictAbsentNames();
    return generation;
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
}
