package io.diskmemo.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting that takes no processor time. */
public final class Pause {
  private Pause() {}

  /**
   * Waits, also if it is woken or interrupted before.
   *
   * @param length of the wait
   */
  public static void of(Duration length) {
    until(System.nanoTime() + length.toNanos());
  }

  /**
   * Waits, also if it is woken or interrupted before.
   *
   * @param nanoTime as {@link System#nanoTime} will have it
   */
  public static void until(long nanoTime) {
    for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }
}
