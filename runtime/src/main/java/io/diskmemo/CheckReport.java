package io.diskmemo;

import java.util.List;

/**
 * What a look at every entry of a kind found.
 *
 * @param kind that was looked at
 * @param entries that were looked at
 * @param damaged entries whose checksum did not hold
 * @param problems of the database itself, in words, also those that were repaired without being
 *     asked since the last check by this process; empty if it is sound
 * @param repaired whether there was something to mend and all of it was
 * @param quarantined paths, below the kind's directory, of the files that are kept of what was damaged
 */
public record CheckReport(
    String kind,
    long entries,
    long damaged,
    List<String> problems,
    boolean repaired,
    List<String> quarantined) {
  /**
   * Copies the lists.
   *
   * @param kind that was looked at
   * @param entries that were looked at
   * @param damaged entries whose checksum did not hold
   * @param problems of the database itself
   * @param repaired whether they were mended
   * @param quarantined paths of files
   */
  public CheckReport {
    problems = List.copyOf(problems);
    quarantined = List.copyOf(quarantined);
  }

  /**
   * Whether there was nothing to complain about.
   *
   * @return true if no entry is damaged and the database is sound
   */
  public boolean isSound() {
    return damaged == 0 && problems.isEmpty();
  }
}
