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

  /** Of the lock; written and read by the thread whose turn it is. */
  private @Nullable Granted granted;

  private int times;

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

  /** Notes what the thread has whose turn it is; null if it goes on without. */
  void begin(@Nullable Granted lease) {
    granted = lease;
    times = 1;
  }

  /** What the thread has whose turn it is, once more. */
  @Nullable
  Granted again() {
    Granted lease = granted;
    if (lease != null && lease.isHeld()) {
      times++;
      return lease;
    }
    return null;
  }

  /** The thread whose turn it is goes on, whatever it has. */
  void enterAgain() {
    times++;
  }

  /** What the thread has whose turn it is; null if nothing. */
  @Nullable
  Granted lease() {
    return granted;
  }

  /** Whether the thread has it no more; then its turn is over. */
  boolean isLastEnd() {
    if (--times > 0) {
      return false;
    }
    granted = null;
    return true;
  }
}
