package io.diskmemo;

/**
 * What maintenance did to a kind, or would do.
 *
 * @param kind that was maintained
 * @param expired entries removed because their time was over
 * @param culled entries removed because the kind was over its limit
 * @param outdated entries removed because nobody uses their version of the method any more
 * @param unusedTags names of tags dropped because no entry has them; 0 in a dry run
 * @param sweptFiles files deleted that nobody needed; 0 in a dry run
 * @param freedBytes by which the database became smaller; 0 in a dry run
 * @param check what was found
 * @param entries that are left
 * @param sizeBytes of what is left
 * @param isComplete false if it was cancelled, or the kind is damaged and cannot be read: then {@code
 *     check} says why
 */
public record MaintenanceReport(
    String kind,
    long expired,
    long culled,
    long outdated,
    long unusedTags,
    long sweptFiles,
    long freedBytes,
    CheckReport check,
    long entries,
    long sizeBytes,
    boolean isComplete) {

  /** Of a kind that is too damaged to be maintained. */
  static MaintenanceReport failed(CheckReport reason) {
    return new MaintenanceReport(reason.kind(), 0, 0, 0, 0, 0, 0, reason, 0, 0, false);
  }
}
