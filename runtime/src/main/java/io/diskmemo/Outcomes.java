package io.diskmemo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of work on several kinds, one after the other. Not thread-safe.
 *
 * @param <T> what is reported of a kind
 */
final class Outcomes<T> {
  private final List<T> reports = new ArrayList<>();
  private final Map<String, DiskMemoException> failures = new LinkedHashMap<>();
  private int attempts;

  /** Takes what is to be reported of one of them. */
  void done(List<T> ofOne) {
    attempts++;
    reports.addAll(ofOne);
  }

  /** Takes the reason why it was not done on one of them. */
  void failed(String what, DiskMemoException reason) {
    attempts++;
    failures.put(what, reason);
  }

  /**
   * All that is to be reported.
   *
   * @throws MaintenanceException if something failed; if there was nothing else to do, its own
   *     exception
   */
  List<T> reports() {
    if (failures.isEmpty()) {
      return List.copyOf(reports);
    }
    if (attempts == 1) {
      throw failures.values().iterator().next();
    }
    throw new MaintenanceException(reports, Collections.unmodifiableMap(failures));
  }
}
