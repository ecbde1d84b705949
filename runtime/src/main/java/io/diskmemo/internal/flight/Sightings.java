package io.diskmemo.internal.flight;

import java.util.HashMap;
import java.util.Map;

/**
 * For how long words have stood in their slots, as far as this process has looked. Kept beyond a single
 * wait, because many short ones must see a lease expire as one long wait does. At most one for each
 * slot. Thread-safe.
 */
final class Sightings {
  private final Map<Integer, Sighting> bySlot = new HashMap<>(); // guarded by this

  private record Sighting(long word, long unchangedNanos, long lookedNanos) {
    Sighting after(long nowNanos, long longestStepNanos) {
      long step = Math.max(0, Math.min(nowNanos - lookedNanos, longestStepNanos));
      return new Sighting(
          word, unchangedNanos + step, later(lookedNanos, nowNanos, longestStepNanos));
    }

    /** Who read the clock first may come last; what was counted before must not count again. */
    private static long later(long one, long other, long longestStepNanos) {
      return one - other > 0 && one - other <= longestStepNanos ? one : other;
    }
  }

  /**
   * Takes note of a look.
   *
   * @param longestStepNanos for which the time since the look before counts at most
   * @return for how long the word has been there unchanged
   */
  synchronized long unchangedNanos(int slot, long word, long nowNanos, long longestStepNanos) {
    Sighting last = bySlot.get(slot);
    Sighting now = last != null && last.word() == word
        ? last.after(nowNanos, longestStepNanos)
        : new Sighting(word, 0, nowNanos);
    bySlot.put(slot, now);
    return now.unchangedNanos();
  }
}
