package io.diskmemo.internal.resilience;

import java.util.Map;

/** What was counted and is still to be added to the totals on disk. Thread-safe. */
public interface Increments {
  /**
   * Takes what was counted, which nobody else takes then.
   *
   * @return by name
   */
  Map<String, Long> take();

  /**
   * Takes back what could not be added.
   *
   * @param increments that were taken
   */
  void giveBack(Map<String, Long> increments);
}
