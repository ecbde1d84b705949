package io.diskmemo.internal.flight;

import java.util.HashMap;
import java.util.Map;

/**
 * Which thread waits for which flight, over all tables of the process, so that a wait that would
 * close a circle is not begun. Looked at only by threads that are about to wait.
 */
final class WaitGraph {
  private static final Map<Thread, Flight> WAITING = new HashMap<>(); // guarded by itself

  private WaitGraph() {}

  /** Notes the wait, unless the maker of the flight waits for this thread. */
  static boolean begin(Thread waiter, Flight flight) {
    synchronized (WAITING) {
      Flight next = flight;
      while (next != null && !next.hasLanded()) {
        if (next.maker().equals(waiter)) {
          return false;
        }
        next = WAITING.get(next.maker());
      }
      WAITING.put(waiter, flight);
      return true;
    }
  }

  static void end(Thread waiter) {
    synchronized (WAITING) {
      WAITING.remove(waiter);
    }
  }
}
