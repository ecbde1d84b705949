package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.Right;

/**
 * The right to store of a caller who may not wait until that is done, and whose right ends then. What
 * is stored later is stored as from a batch: unless there is something by then, or it was evicted.
 */
final class LateRight implements Right {
  private final Right right;
  private volatile boolean released;

  LateRight(Right right) {
    this.right = right;
  }

  /** The caller has gone on. */
  void release() {
    released = true;
  }

  @Override
  public boolean isHeld() {
    return released || right.isHeld();
  }
}
