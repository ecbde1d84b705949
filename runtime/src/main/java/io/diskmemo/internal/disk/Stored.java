package io.diskmemo.internal.disk;

/**
 * What became of an entry that was to be stored.
 *
 * @param outcome what happened
 * @param identity of the row, if it was stored
 * @param stamp under which memory may keep it, if it was stored
 * @param culled entries that were removed to make room for it
 */
public record Stored(Outcome outcome, RowIdentity identity, long stamp, long culled) {

  /** What happened to an entry. */
  public enum Outcome {
    /** It is on disk. */
    STORED,
    /** A live entry of its key was there, and stays. */
    PRESENT,
    /** It was evicted while it was computed. */
    EVICTED_MEANWHILE,
    /** The right to compute it was lost, so that another may have computed it since. */
    LEASE_LOST,
    /** There was no room, and not enough could be removed on the way. */
    NO_ROOM,
    /** It had no value, and the entry that its key had is removed. */
    REMOVED,
    /** It had no value, and its key had no entry. */
    ABSENT
  }

  private static final RowIdentity NO_ROW = new RowIdentity(0, 0);

  static Stored not(Outcome outcome) {
    return new Stored(outcome, NO_ROW, Coherence.UNSTABLE, 0);
  }

  Stored culling(long entries) {
    return new Stored(outcome, identity, stamp, entries);
  }

  Stored stampedWith(long newStamp) {
    return outcome == Outcome.STORED ? new Stored(outcome, identity, newStamp, culled) : this;
  }
}
