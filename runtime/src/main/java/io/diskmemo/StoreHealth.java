package io.diskmemo;

import java.time.Instant;

/**
 * How it is with the disk of a kind, as this process finds it. Methods go on in any case.
 *
 * @param state how much of the disk is used
 * @param reason why not all of it; empty if all is well
 * @param since when the state is what it is
 * @param failures of operations since the kind was opened, also of those that changed nothing
 * @param changes of the state since then
 */
public record StoreHealth(State state, String reason, Instant since, long failures, long changes) {
  /** How much of the disk is used. */
  public enum State {
    /** Results are read and stored. */
    HEALTHY,
    /** Results are read, and not stored: there is no space, or writes do not end. */
    DEGRADED,
    /** The kind works from memory alone, and tries the disk now and then. */
    UNHEALTHY
  }
}
