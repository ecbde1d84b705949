package io.diskmemo.internal.disk;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often entries were read since it was last written down, for the orders in which they make room.
 * A hit never writes to disk: what is noted here goes with other writes. Bounded; reads of further
 * entries are not noted until some was written. Thread-safe.
 */
final class AccessLog {
  private static final int MOST_ENTRIES = 20_000;

  private final Map<Long, Integer> reads = new ConcurrentHashMap<>();
  private final boolean enabled;

  AccessLog(CullOrder order) {
    this.enabled = order.countsAccesses();
  }

  void note(long row, int times) {
    if (enabled && (reads.size() < MOST_ENTRIES || reads.containsKey(row))) {
      reads.merge(row, times, Integer::sum);
    }
  }

  boolean isEmpty() {
    return reads.isEmpty();
  }

  /** Takes some of the notes. */
  Map<Long, Integer> take(int most) {
    Map<Long, Integer> taken = new HashMap<>();
    for (Iterator<Long> rows = reads.keySet().iterator(); rows.hasNext() && taken.size() < most; ) {
      Long row = rows.next();
      Integer times = reads.remove(row);
      if (times != null) {
        taken.put(row, times);
      }
    }
    return taken;
  }

  /** Gives back notes that could not be written. */
  void giveBack(Map<Long, Integer> taken) {
    taken.forEach(this::note);
  }
}
