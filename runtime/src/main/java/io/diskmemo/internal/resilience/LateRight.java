package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.Right;

/**
 * The right to store of a caller who may not wait until that is done, and whose right ends then. What
 * is stored later is stored as from a batch: unless it was evicted, or there is something by then. A
 * refresh takes the place of what was there before it, and yields to what was stored since. Thread-safe.
 */
final class LateRight implements Right {
  private final Right right;
  private final long handedOverMillis;
  private volatile boolean released;

  LateRight(Right right, long handedOverMillis) {
    this.right = right;
    this.handedOverMillis = handedOverMillis;
  }

  /** The caller has gone on. */
  void release() {
    released = true;
  }

  @Override
  public boolean isHeld() {
    return released || right.isHeld();
  }

  @Override
  public boolean yieldsTo(long storedMillis) {
    return released && storedMillis > handedOverMillis;
  }
}
