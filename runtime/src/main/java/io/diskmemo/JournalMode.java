package io.diskmemo;

/**
 * How SQLite makes a commit whole. All of a kind's processes should agree; the first to open it
 * decides, because it can only be changed while nobody else has it open.
 */
public enum JournalMode {
  /** A log beside the database: readers and a writer do not wait for each other. */
  WAL,
  /** A copy of the old pages, deleted at each commit: for a directory that many may read at once. */
  DELETE,
  /** As {@link #DELETE}, with the copy's file kept and emptied. */
  TRUNCATE
}
