package io.diskmemo.internal.disk;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Makes room: what expired is removed, and what is culled beyond the limit. Thread-safe. */
final class Room {
  private static final int ACCESSES_PER_WRITE = 1000;

  private final Writer writer;
  private final Readers readers;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final AccessLog accesses;
  private final Storing storing;
  private final EvictedEntries evicted;
  private final LaterWork laterWork;
  private final AtomicBoolean makingRoom = new AtomicBoolean();
  private final AtomicLong culledInBackground = new AtomicLong();

  Room(
      Writer writer,
      Readers readers,
      StoreLimits limits,
      InstantSource clock,
      AccessLog accesses,
      Storing storing,
      EvictedEntries evicted,
      LaterWork laterWork) {
    this.writer = writer;
    this.readers = readers;
    this.limits = limits;
    this.clock = clock;
    this.accesses = accesses;
    this.storing = storing;
    this.evicted = evicted;
    this.laterWork = laterWork;
  }

  /** What was noted by now; what is noted meanwhile stays for the next time. */
  void flushAccesses() {
    int taken = 0;
    for (int left = accesses.size(); left > 0 && !accesses.isEmpty(); left -= taken) {
      taken = flush(accesses.take(ACCESSES_PER_WRITE));
    }
  }

  private int flush(Map<Long, AccessLog.Reads> taken) {
    try {
      writer.write("count reads", transaction -> {
        transaction.addAccesses(taken);
        return taken.size();
      });
      return taken.size();
    } catch (DiskException e) {
      accesses.giveBack(taken);
      throw e;
    }
  }

  long expire(Pace pace) {
    return pace.givingWay()
        .repeat(() -> writer
            .write(
                "expire entries",
                transaction ->
                    transaction.entries.expire(uselessMillis(), Evictions.STEP, transaction.state))
            .value());
  }

  /** What expired before then is of no use to anybody. */
  private long uselessMillis() {
    return clock.millis() - limits.lateMillis();
  }

  long countExpired() {
    return readers.read(
        "count expired entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE expires <= ? AND expires < " + StoredEntry.NEVER
                    + " AND NOT " + Entries.HIDDEN,
                uselessMillis())
            .orElseThrow());
  }

  long countToCull() {
    long over = new Contents(readers).size().bytes() - limits.lowWatermark();
    String order = limits.cullOrder().columns();
    return needsCull()
        ? readers.read(
            "count entries to cull",
            statements -> statements
                .number(
                    "SELECT count(*) FROM (SELECT sum(size) OVER (ORDER BY " + order
                        + " ROWS UNBOUNDED PRECEDING) - size AS before FROM entry)"
                        + " WHERE before < ?",
                    over)
                .orElseThrow())
        : 0;
  }

  private boolean needsCull() {
    return limits.cullOrder().culls() && new Contents(readers).size().bytes() > limits.sizeBytes();
  }

  /** Down to the low watermark, if there is more than the limit allows. */
  long cullIfOver(Pace pace) {
    return needsCull() ? cullTo(limits.lowWatermark(), Long.MAX_VALUE, pace) : 0;
  }

  private long cullTo(long bytes, long last, Pace pace) {
    flushAccesses();
    if (writer.coherence().isEvicting()) {
      evicted.remove(pace); // before what could still be of use
    }
    return pace.givingWay()
        .repeat(() -> writer
            .write("cull entries", transaction -> {
              transaction.spareAfter(last);
              return storing.cullTo(bytes, transaction);
            })
            .value());
  }

  /**
   * For what needs more room than may be made on its way: the next such finds it. What is stored
   * before it is made stays, because it may be the very one.
   */
  void makeRoomLater(long bytes) {
    if (limits.cullOrder().culls() && bytes <= limits.sizeBytes()) {
      long target = Math.min(limits.lowWatermark(), limits.sizeBytes() - bytes);
      laterWork.quietly(() -> {
        long last = new Contents(readers).lastRow();
        laterWork.later(
            makingRoom, () -> culledInBackground.addAndGet(cullTo(target, last, Pace.TO_THE_END)));
      });
    }
  }

  long takeCulledInBackground() {
    return culledInBackground.getAndSet(0);
  }
}
