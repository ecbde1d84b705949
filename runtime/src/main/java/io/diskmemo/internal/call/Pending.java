package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.memory.Result;

/**
 * An entry on its way to the disk, or the removal of one.
 *
 * @param entry to store
 * @param lookupKey under which memory will find it
 * @param result as memory will keep it
 * @param stamp at which the value was right
 */
record Pending(NewEntry entry, Object lookupKey, Result<?> result, long stamp) {

  /** Whether it leaves its key without an entry. */
  boolean isRemoval() {
    return entry.mode() == NewEntry.Mode.REMOVE;
  }

  /** The same for a batch, which is stored when the leases of its computations are long over. */
  Pending withoutRight() {
    return new Pending(entry.withoutRight(), lookupKey, result, stamp);
  }
}
