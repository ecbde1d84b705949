package io.diskmemo.internal.flight;

import java.time.Duration;

/** Learns of threads that wait long for others' computations. */
@FunctionalInterface
public interface WaitObserver {
  /** Of those who do not want to know. */
  WaitObserver NONE = (terms, holder, waited) -> {};

  /**
   * A thread still waits. Called by that thread, which goes on when this returns.
   *
   * @param terms what it waits for
   * @param holder who computes it
   * @param waited so far
   */
  void waiting(WaitTerms terms, Holder holder, Duration waited);
}
