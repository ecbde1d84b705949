package io.diskmemo.internal.disk;

import java.time.Duration;

/**
 * What a store is held to, and how it keeps its entries.
 *
 * @param sizeBytes of all entries together
 * @param cullLimit most entries that one store removes on the way
 * @param cullOrder which entries make room
 * @param minFileBytes values of so many bytes or more go to files of their own
 * @param tagIndex whether entries can be found by their tags without looking at all of them
 * @param timeout longest wait for the database
 * @param fullSync whether every commit waits for the disk
 * @param journalMode of SQLite, {@code WAL} or {@code DELETE}; empty to leave it as it is
 * @param lateMillis how long entries are of use after they expired
 * @param mmapBytes of the database that SQLite may map, 0 for none
 */
public record StoreLimits(
    long sizeBytes,
    int cullLimit,
    CullOrder cullOrder,
    long minFileBytes,
    boolean tagIndex,
    Duration timeout,
    boolean fullSync,
    String journalMode,
    long lateMillis,
    long mmapBytes) {

  private static final long MORE_THAN_ANY_DISK = 1L << 60;

  /**
   * Of somebody who does not know them yet, and must take nothing away and change nothing for others.
   *
   * @param timeout longest wait for the database
   * @return limits that everything keeps
   */
  public static StoreLimits unknown(Duration timeout) {
    return new StoreLimits(
        MORE_THAN_ANY_DISK, 0, CullOrder.NONE, 1 << 16, true, timeout, false, "", 0, 0);
  }

  /** Leaves room after a cull, so that the next stores need not cull again. */
  private static final double LOW_WATERMARK = 0.9;

  /** The part of one database of several. */
  StoreLimits dividedBy(int databases) {
    return with(sizeBytes / databases, journalMode);
  }

  StoreLimits withJournalMode(String mode) {
    return with(sizeBytes, mode);
  }

  private StoreLimits with(long size, String mode) {
    return new StoreLimits(
        size,
        cullLimit,
        cullOrder,
        minFileBytes,
        tagIndex,
        timeout,
        fullSync,
        mode,
        lateMillis,
        mmapBytes);
  }

  int timeoutMillis() {
    return (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
  }

  long lowWatermark() {
    return (long) (sizeBytes * LOW_WATERMARK);
  }
}
