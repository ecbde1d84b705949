package io.diskmemo;

import java.util.List;

/**
 * What a look at every entry of a kind found.
 *
 * @param kind that was looked at
 * @param entries that were looked at
 * @param damaged entries whose checksum did not hold
 * @param problems of the database itself, in words; empty if it is sound
 * @param repaired whether there was something to mend and all of it was
 */
public record CheckReport(
    String kind, long entries, long damaged, List<String> problems, boolean repaired) {
  /**
   * Copies the list.
   *
   * @param kind that was looked at
   * @param entries that were looked at
   * @param damaged entries whose checksum did not hold
   * @param problems of the database itself
   * @param repaired whether they were mended
   */
  public CheckReport {
    problems = List.copyOf(problems);
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
