package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion.Granted;

/** What a user holds until he closes it, or loses it. Thread-safe. */
public abstract sealed class Hold implements AutoCloseable permits LockHold, PermitHold {
  private final Granted granted;
  private boolean closed; // guarded by this

  Hold(Granted granted) {
    this.granted = granted;
  }

  /**
   * As {@link Granted#token}.
   *
   * @return positive
   */
  public final long token() {
    return granted.token();
  }

  /**
   * Whether nobody else can have it now.
   *
   * @return false for good once it is closed or lost
   */
  public final synchronized boolean isHeld() {
    return !closed && granted.isHeld();
  }

  /** Gives it back, if it was not lost, and only the first time. */
  @Override
  public final synchronized void close() {
    if (!closed) {
      checkEnd();
      closed = true;
      end(granted);
    }
  }

  /** Throws if this thread must not end it. */
  abstract void checkEnd();

  abstract void end(Granted lease);
}
