package io.diskmemo.internal.flight;

import java.util.function.LongSupplier;

/**
 * One wait for a lease of another process, as seen by looking at its slot now and then. For one thread
 * at a time.
 *
 * <p>A lease is over when its word has gone, or its owner has died, or when the word has stood there
 * unchanged for its time to live. That time is counted from look to look on this process's own
 * monotonic clock, no clock being shared; and a long time between two looks counts for little, because
 * whatever kept this process from looking, a machine that slept perhaps, may have kept the owner from
 * renewing. What other waits of this process have seen of the same word counts, too.
 */
final class Patient {
  /** Looks that it takes at least to find a lease expired. */
  private static final int LOOKS = 8;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_TTL_MILLIS = 24 * 3_600_000L;

  private final LongSupplier nanoTicker;
  private final long longestNanos;
  private final long ownTtlMillis;
  private long lastNanos;
  private long waitedNanos;

  private final LeaseTable table;
  private int slot;
  private long word;
  private long since;

  Patient(LeaseRequest request, LongSupplier nanoTicker, LeaseTable table) {
    this.table = table;
    this.nanoTicker = nanoTicker;
    this.longestNanos = request.terms().longest().toNanos();
    this.ownTtlMillis = request.timeToLive().toMillis();
    this.lastNanos = nanoTicker.getAsLong();
  }

  /** How a look ended. */
  enum Seen {
    /** The holder computes. */
    STILL,
    /** The lease is gone, or is another's. */
    OVER,
    /** It was waited as long as anybody wants. */
    TOO_LONG
  }

  /** Begins to look at a lease, the first or the next. */
  void turnTo(LeaseTable.Occupied occupied) {
    slot = occupied.slot();
    word = occupied.word();
    since = table.slots().sinceMillis(slot);
    unchangedNanos(nanoTicker.getAsLong());
  }

  private long unchangedNanos(long nowNanos) {
    return table.sightings().unchangedNanos(slot, word, nowNanos, ttlNanos() / LOOKS);
  }

  Seen look() {
    waitedNanos += stepNanos();
    long now = table.slots().word(slot);
    if (SlotTable.isClaim(word)) {
      since = table.slots().sinceMillis(slot);
    }
    if (!SlotTable.isSameKey(word, now) || isAnother(now)) {
      return Seen.OVER;
    }
    word = now;
    if (unchangedNanos(lastNanos) >= ttlNanos() || !table.isLive(slot, word)) {
      if (table.isWritable()) { // else whoever takes it finds out
        table.slots().isFreed(slot, word);
      }
      return Seen.OVER;
    }
    return waitedNanos >= longestNanos ? Seen.TOO_LONG : Seen.STILL;
  }

  private boolean isAnother(long now) {
    return SlotTable.ownerOf(now) != SlotTable.ownerOf(word)
        || table.slots().sinceMillis(slot) != since;
  }

  private long stepNanos() {
    long now = nanoTicker.getAsLong();
    long step = now - lastNanos;
    lastNanos = now;
    return Math.max(0, Math.min(step, ttlNanos() / LOOKS));
  }

  private long ttlNanos() {
    long stated = table.slots().timeToLiveMillis(slot);
    return NANOS_PER_MILLI
        * (stated > 0 && stated <= LONGEST_TTL_MILLIS
            ? Math.max(stated, ownTtlMillis)
            : ownTtlMillis);
  }

  long waitedNanos() {
    return waitedNanos;
  }

  Holder holder() {
    return table.holder(slot, word);
  }
}
