package io.diskmemo.internal.disk;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often and when entries were read since it was last written down, for the orders in which they make room.
 * A hit never writes to disk: what is noted here goes with other writes. Bounded; reads of further
 * entries are not noted until some was written. Thread-safe.
 */
final class AccessLog {
  private static final int MOST_ENTRIES = 20_000;

  private final Map<Long, Reads> reads = new ConcurrentHashMap<>();
  private final boolean enabled;
  private final InstantSource clock;

  /** How often an entry was read, and the last time of them. */
  record Reads(int times, long lastMillis) {
    private Reads plus(Reads other) {
      return new Reads(times + other.times, Math.max(lastMillis, other.lastMillis));
    }
  }

  AccessLog(CullOrder order, InstantSource clock) {
    this.enabled = order.countsAccesses();
    this.clock = clock;
  }

  void note(long row, int times) {
    if (enabled) {
      note(row, new Reads(times, clock.millis()));
    }
  }

  private void note(long row, Reads more) {
    if (reads.size() < MOST_ENTRIES || reads.containsKey(row)) {
      reads.merge(row, more, Reads::plus);
    }
  }

  int size() {
    return reads.size();
  }

  boolean isEmpty() {
    return reads.isEmpty();
  }

  /** Takes some of the notes. */
  Map<Long, Reads> take(int most) {
    Map<Long, Reads> taken = new HashMap<>();
    for (Iterator<Long> rows = reads.keySet().iterator(); rows.hasNext() && taken.size() < most; ) {
      Long row = rows.next();
      Reads removed = reads.remove(row);
      if (removed != null) {
        taken.put(row, removed);
      }
    }
    return taken;
  }

  /** Gives back notes that could not be written. */
  void giveBack(Map<Long, Reads> taken) {
    taken.forEach(this::note);
  }
}
