package io.diskmemo;

import io.diskmemo.internal.coordinate.Hold;

/**
 * A lock or a permit that is held until it is closed. Thread-safe, but a lock is closed by the thread
 * that took it.
 *
 * <p>It is renewed while the process lives. When the process ends, however it does, the next one gets it
 * at once. A process that stops for longer than the time to live (a suspended machine, a debugger, a
 * long pause of the garbage collector) loses it, without learning of that: ask {@link #isHeld} before a
 * step that only the holder may make; or hand {@link #token} to whatever is guarded, so that it can
 * refuse a token lower than the highest it has seen.
 */
public final class Held implements AutoCloseable {
  private final Hold hold;

  Held(Hold hold) {
    this.hold = hold;
  }

  /**
   * Whether nobody else can have it now.
   *
   * @return false for good once it is closed or lost
   */
  public boolean isHeld() {
    return hold.isHeld();
  }

  /**
   * A number that is larger than that of every lock and permit that was granted earlier in the
   * directory, by whatever process.
   *
   * @return positive
   */
  public long token() {
    return hold.token();
  }

  /**
   * Gives it back. What another has by now stays his. Calls after the first do nothing.
   *
   * @throws IllegalStateException if it is a lock of another thread
   */
  @Override
  public void close() {
    hold.close();
  }
}
