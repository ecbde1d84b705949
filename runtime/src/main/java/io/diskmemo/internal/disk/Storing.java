package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Storing one entry, and making room for it; or removing what is there. */
final class Storing {
  /** Most reads that are written down on the way of a cull, which they tell what to spare. */
  private static final int ACCESSES_PER_CULL = 1000;

  private final StoreLimits limits;
  private final InstantSource clock;
  private final AccessLog accesses;
  private final Sealing sealing;
  private final Coherence coherence;
  private final AbsurdSums absurdSums;

  Storing(
      StoreLimits limits,
      InstantSource clock,
      AccessLog accesses,
      Sealing sealing,
      Coherence coherence) {
    this.sealing = sealing;
    this.coherence = coherence;
    this.absurdSums = new AbsurdSums(limits);
    this.limits = limits;
    this.clock = clock;
    this.accesses = accesses;
  }

  Stored store(Prepared prepared, Transaction transaction) throws SQLException {
    NewEntry entry = prepared.entry();
    State state = transaction.state;
    if (entry.mode() == NewEntry.Mode.REMOVE) {
      return removed(entry, transaction);
    }
    if (!entry.isComparableIn(coherence) || transaction.names.evictedSince(entry, state)) {
      return Stored.not(Stored.Outcome.EVICTED_MEANWHILE);
    }
    if (!entry.right().isHeld()) {
      return Stored.not(Stored.Outcome.LEASE_LOST);
    }
    absurdSums.mend(transaction);
    boolean leavesNothingIfPresent = limits.tagIndex() || entry.tags().isEmpty();
    Optional<RowIdentity> inserted = leavesNothingIfPresent && fits(entry, state)
        ? transaction.entries.insertIfAbsent(prepared, clock.millis(), state)
        : Optional.empty();
    if (inserted.isPresent()) { // most keys are new, so that is tried before anything is asked
      invalidateUnlessComputed(entry, transaction);
      return stored(inserted.get());
    }
    Optional<Entries.Present> present = transaction.entries.find(entry.key());
    if (present.isPresent()) {
      if (isInTheWay(present.get(), prepared)) {
        return Stored.not(Stored.Outcome.PRESENT);
      }
      transaction.entries.remove(present.get(), state);
    }
    invalidateUnlessComputed(entry, transaction);
    long culled = makeRoom(entry, transaction);
    Stored stored = fits(entry, state)
        ? stored(transaction.entries.insert(prepared, clock.millis(), state))
        : Stored.not(Stored.Outcome.NO_ROOM);
    return stored.culling(culled);
  }

  /** By the generation a restoration knows that something was deleted. */
  private static Stored removed(NewEntry entry, Transaction transaction) throws SQLException {
    transaction.invalidateMemory();
    Optional<Entries.Present> present = transaction.entries.find(entry.key());
    if (present.isEmpty()) {
      return Stored.not(Stored.Outcome.ABSENT);
    }
    transaction.names.evictMethod(present.get().method(), transaction.state.nextGeneration());
    transaction.entries.remove(present.get(), transaction.state);
    return Stored.not(present.get().hidden() ? Stored.Outcome.ABSENT : Stored.Outcome.REMOVED);
  }

  private static Stored stored(RowIdentity identity) {
    return new Stored(Stored.Outcome.STORED, identity, Coherence.UNSTABLE, 0);
  }

  /** A computed result only takes the place of an expired one. */
  private static void invalidateUnlessComputed(NewEntry entry, Transaction transaction) {
    if (entry.mode() != NewEntry.Mode.PUBLISH) {
      transaction.invalidateMemory();
    }
  }

  private boolean isInTheWay(Entries.Present present, Prepared prepared) {
    boolean isLive = present.expiresMillis() > clock.millis() && !present.hidden();
    return switch (prepared.entry().mode()) {
      case REPLACE -> isLive && prepared.entry().right().yieldsTo(present.storedMillis());
      case ADD -> isLive; // also where this process cannot read it: nobody asked to lose it
      case PUBLISH -> isLive && !sealing.isUnreadable(present.identity());
      case REMOVE -> false;
    };
  }

  /**
   * Culls, unless the entry would not even fit into an empty store. Goes on to the low watermark as
   * far as the limit of entries allows, so that the next stores find room.
   */
  private long makeRoom(NewEntry entry, Transaction transaction) throws SQLException {
    absurdSums.mend(transaction);
    boolean canFit = entry.sizeBytes() <= limits.sizeBytes();
    if (!limits.cullOrder().culls() || !canFit || fits(entry, transaction.state)) {
      return 0;
    }
    long now = clock.millis();
    Map<Long, AccessLog.Reads> taken = accesses.take(ACCESSES_PER_CULL);
    transaction.onRollback(() -> accesses.giveBack(taken));
    transaction.addAccesses(taken);
    long target = Math.max(0, limits.lowWatermark() - entry.sizeBytes());
    return transaction.cull(now, transaction.state.sizeBytes() - target, limits.cullLimit());
  }

  /** Removes a step of what is over a size, if the sums can be believed. */
  long cullTo(long bytes, Transaction transaction) throws SQLException {
    absurdSums.mend(transaction);
    return transaction.cull(clock.millis(), transaction.state.sizeBytes() - bytes, Evictions.STEP);
  }

  private boolean fits(NewEntry entry, State state) {
    return state.sizeBytes() + entry.sizeBytes() <= limits.sizeBytes();
  }

  /** For an entry that cannot do without. */
  Stored storeOrFail(String operation, Prepared prepared, Transaction transaction)
      throws SQLException {
    NewEntry entry = prepared.entry();
    if (entry.mode() == NewEntry.Mode.REPLACE
        && entry.method().equals(MethodName.BY_HAND)
        && isOfAnother(entry, transaction.state)) {
      throw new DiskException(
          operation, false, "another store took the place of the one that it was begun with");
    }
    Stored stored = store(prepared, transaction);
    if (stored.outcome() == Stored.Outcome.NO_ROOM) {
      throw noRoom(operation);
    }
    return stored;
  }

  /** What is computed can be left out then; of what somebody put he must know. */
  private boolean isOfAnother(NewEntry entry, State state) {
    return !entry.isComparableIn(coherence) || state.isUnknownTo(entry.sequence());
  }

  DiskException noRoom(String operation) {
    return new NoRoomException(operation, limits.sizeBytes());
  }
}
