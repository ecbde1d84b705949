package io.diskmemo.internal.flight;

import io.diskmemo.key.Key;
import java.nio.ByteBuffer;

/**
 * Where a key has its slots, and by what it is known there. Two keys of which both are the same, one
 * pair in 2<sup>42</sup>, wait for each other without need, and are none the worse for it.
 *
 * @param home first of its slots
 * @param tag 31 bits, not all of them 0
 */
record SlotKey(int home, int tag) {

  /** The slots of a kind's key. */
  static SlotKey of(String kind, Key key) {
    ByteBuffer digest = ByteBuffer.wrap(key.toBytes());
    int mixed = digest.getInt(Integer.BYTES) ^ kind.hashCode();
    return new SlotKey(
        Math.floorMod(digest.getInt(0), SlotTable.SLOTS), Math.max(1, mixed & Integer.MAX_VALUE));
  }
}
