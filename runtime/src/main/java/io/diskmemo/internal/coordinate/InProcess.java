package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion.Granted;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of this process share under one name, however often they have the directory open: a
 * turn, and for a lock what its holder has. There only as long as somebody uses it.
 */
final class InProcess {
  private static final ConcurrentMap<Name, InProcess> ALL = new ConcurrentHashMap<>();

  private final Turn turn = new Turn();
  private int users; // guarded by the bin of the map

  /** Of the lock, what the thread has whose turn it is. */
  private @Nullable Granted granted; // guarded by this

  private int times; // guarded by this

  private InProcess() {}

  /** To be given back by {@link #part}. */
  static InProcess join(Name name) {
    return ALL.compute(name, (key, present) -> {
      InProcess shared = present == null ? new InProcess() : present;
      shared.users++;
      return shared;
    });
  }

  static void part(Name name) {
    ALL.computeIfPresent(name, (key, present) -> --present.users == 0 ? null : present);
  }

  Turn turn() {
    return turn;
  }

  /** Whether this thread has the turn, and is through with its wait for other processes. */
  synchronized boolean isInside() {
    return times > 0 && turn.isOwn();
  }

  /** Notes what the thread has whose turn it is; null if it goes on without. */
  synchronized void begin(@Nullable Granted lease) {
    granted = lease;
    times = 1;
  }

  /** What the thread has whose turn it is, once more. */
  @Nullable
  synchronized Granted again() {
    Granted lease = granted;
    if (lease != null && lease.isHeld()) {
      times++;
      return lease;
    }
    return null;
  }

  /** The thread whose turn it is goes on, whatever it has. */
  synchronized void enterAgain() {
    times++;
  }

  /** What the thread has whose turn it is; null if nothing. */
  @Nullable
  synchronized Granted lease() {
    return granted;
  }

  /** Ends once what a thread did without a lease, and with the last time its turn. */
  synchronized void endWithoutLease(Name name) {
    if (--times == 0) {
      turn.leave();
    }
    part(name);
  }

  /** Whether a grant has not ended. */
  synchronized boolean isOf(Granted lease) {
    return lease.equals(granted);
  }

  /**
   * Ends a grant once, and with the last time the turn. One that was forfeited has ended. The next thread
   * has its turn before the lease is closed, which may wait for the disk.
   */
  void end(Granted lease, Name name) {
    if (isEnded(lease, name)) {
      lease.close();
    }
  }

  /** Whether that was the last time. */
  private synchronized boolean isEnded(Granted lease, Name name) {
    if (!isOf(lease)) {
      return false;
    }
    boolean last = --times == 0;
    if (last) {
      granted = null;
      lease.end();
      turn.leave();
    }
    part(name);
    return last;
  }

  /**
   * Ends the turn of a thread that has lost what it had, if nobody will close that: the directory was
   * closed, or the thread has ended. To be called by somebody who has joined.
   */
  synchronized void forfeit(Name name) {
    Granted lease = granted;
    if (lease != null && (lease.isGivenBack() || !turn.isHolderAlive()) && !lease.isHeld()) {
      granted = null;
      for (; times > 0; times--) {
        part(name);
      }
      turn.leave();
    }
  }
}
