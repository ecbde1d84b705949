package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.Right;
import org.jspecify.annotations.Nullable;

/**
 * The right of this process to compute one key. It is lost if it is not renewed in time; then {@link
 * #isHeld} is false for good. Thread-safe.
 */
public final class Lease implements Right, AutoCloseable {
  private final LeaseTable table;
  private final SlotKey key;
  private final int slot;
  private final @Nullable Thread computing;
  private long word; // guarded by this; 0 when it is over

  /** For good. It takes no call to say so; the slot is freed with the next renewal, if not at once. */
  volatile boolean over;

  private boolean waits; // guarded by this
  private boolean saysThatItWaits; // guarded by this; which may be so for longer

  Lease(LeaseTable table, SlotKey key, SlotTable.Taken taken, @Nullable Thread computing) {
    this.table = table;
    this.key = key;
    this.slot = taken.slot();
    this.word = taken.word();
    this.computing = computing;
  }

  SlotKey key() {
    return key;
  }

  int slot() {
    return slot;
  }

  /** The thread that computes, or null if others may go on with it. */
  @Nullable
  Thread computing() {
    return computing;
  }

  @Override
  public synchronized boolean isHeld() {
    return word != 0 && !over && table.slots().word(slot) == word;
  }

  synchronized void renew() {
    if (over) {
      free();
    } else if (word != 0) {
      word = table.slots().renew(slot, word, table.nonces());
      if (word == 0) {
        table.forget(this);
      } else if (!waits) {
        sayThatItWaitsForNobody();
      }
    }
  }

  private synchronized void free() {
    if (word != 0) {
      table.slots().isFreed(slot, word);
      word = 0;
    }
    table.forget(this);
  }

  /** Says which slot the thread waits for that computes. */
  synchronized void waitsFor(int target) {
    waits = true;
    if (word != 0) {
      saysThatItWaits = true;
      table.slots().waitsFor(slot, word, target);
    }
  }

  /**
   * Says that it waits no more.
   *
   * @param isWritable whether that is said at once, or with the next renewal
   */
  synchronized void waitsForNobody(boolean isWritable) {
    waits = false;
    if (isWritable) {
      sayThatItWaitsForNobody();
    }
  }

  private synchronized void sayThatItWaitsForNobody() {
    if (word != 0 && saysThatItWaits) {
      table.slots().waitsForNobody(slot, word);
      saysThatItWaits = false;
    }
  }

  /** Says that it is not used any more, without a write: a thread of this process can take the key. */
  void end() {
    over = true;
  }

  /**
   * Gives the right back; what another has by now stays his. If the disk does not answer, others see it
   * when that does, with the next renewal.
   */
  @Override
  public void close() {
    over = true; // the stack may end at the next call, and nobody closes it again
    if (table.isWritable()) {
      free();
    }
  }

  /** Leaves it to others to see that its owner has gone, without a write. */
  void abandon() {
    synchronized (this) {
      word = 0;
    }
    table.forget(this);
  }
}
