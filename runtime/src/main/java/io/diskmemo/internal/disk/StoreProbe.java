package io.diskmemo.internal.disk;

import java.util.Map;

/** Stores a number, reads it back through another connection, and compares. */
final class StoreProbe {
  private static final String NAME = "probes";

  private StoreProbe() {}

  /** Other processes count there as well, so that it may be more than one further. */
  static void run(SettingsAndTotals kept) {
    long before = number(kept);
    kept.addTotals(Map.of(NAME, 1L));
    long after = number(kept);
    if (after <= before) {
      throw new DiskException(
          "probe the kind",
          false,
          "what was stored is not what was read: " + after + " follows " + before);
    }
  }

  private static long number(SettingsAndTotals kept) {
    return kept.totals().getOrDefault(NAME, 0L);
  }
}
