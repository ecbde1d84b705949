package io.diskmemo;

import java.time.Duration;
import java.time.Instant;

/**
 * Learns of threads that wait long for the computation, the lock or the permit of another thread or
 * process: after a second, and then whenever the wait has become twice as long. The log has the same.
 *
 * <pre>{@code
 * Settings.load().toBuilder().waitListener(wait -> metrics.longWait(wait.method())).build();
 * }</pre>
 */
@FunctionalInterface
public interface WaitListener {

  /**
   * A wait that goes on.
   *
   * @param kind of the method; {@code _coordination} for locks, semaphores, barriers and throttles
   * @param method that is computed: its class, name and parameters; or {@code lock} and its name
   * @param holderProcess id of the process that computes, as its own system counts; 0 if nobody is
   *     known, and for the next permit of a throttle, which comes with time
   * @param holder name of its host or container; within this process, of the thread; empty if nobody
   *     is known
   * @param since when it began to compute, or took the lock; 1970 if nobody is known
   * @param waited so far
   */
  record Wait(
      String kind,
      String method,
      long holderProcess,
      String holder,
      Instant since,
      Duration waited) {}

  /**
   * Called by the thread that waits, which goes on when this returns, and keeps its place in the line
   * meanwhile. A listener that takes the same lock or permit would wait for itself, and gets an {@link
   * IllegalStateException}, also if it calls a method that is behind the same lock; another thread may
   * take it. What it throws, an error too, is logged, and the call goes on.
   *
   * @param wait that goes on
   */
  void waiting(Wait wait);
}
