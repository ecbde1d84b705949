package io.diskmemo;

import java.util.Optional;

/**
 * What came back to a kind, or would.
 *
 * @param kind that was restored
 * @param backup that was restored; empty if only value files were left
 * @param entries that came back from the backup
 * @param entriesFromFiles that came back from value files alone
 * @param damaged entries and value files that were refused because their checksum did not hold
 * @param evicted entries that were refused because they were evicted since
 * @param expired entries whose time was over
 * @param evictionsKnown whether the database could still say what was evicted since
 * @param isDone false in a dry run, or if it was cancelled: then nothing was changed
 */
public record RestoreReport(
    String kind,
    Optional<String> backup,
    long entries,
    long entriesFromFiles,
    long damaged,
    long evicted,
    long expired,
    boolean evictionsKnown,
    boolean isDone) {

  static RestoreReport nothing(String kind) {
    return new RestoreReport(kind, Optional.empty(), 0, 0, 0, 0, 0, true, false);
  }
}
