package io.diskmemo.internal.disk;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a look at every entry found.
 *
 * @param entries that were looked at
 * @param damaged how many of them had a checksum that did not hold
 * @param problems of the database itself, in words; empty if it is sound
 * @param repaired whether there was something to mend and all of it was
 */
public record CheckResult(long entries, long damaged, List<String> problems, boolean repaired) {
  /** Copies the list. */
  public CheckResult {
    problems = List.copyOf(problems);
  }

  private boolean isSoundNow() {
    return repaired || (damaged == 0 && problems.isEmpty());
  }

  CheckResult plus(CheckResult other) {
    return new CheckResult(
        entries + other.entries,
        damaged + other.damaged,
        Stream.concat(problems.stream(), other.problems.stream()).toList(),
        (repaired || other.repaired) && isSoundNow() && other.isSoundNow());
  }
}
