package io.diskmemo.internal.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The one thread of a process that holds its pins. It ends when there is none to look after. */
final class PinThread {
  private static final List<Pin> PINS = new ArrayList<>(); // guarded by itself

  private PinThread() {}

  /** Has a pin looked after, until it is not used any more. */
  static void start(Pin pin) {
    synchronized (PINS) {
      if (PINS.contains(pin)) {
        return;
      }
      PINS.add(pin);
      if (PINS.size() == 1) {
        Thread thread = new Thread(PinThread::lookAfterAll, "diskmemo-pin");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void lookAfterAll() {
    while (lookAfterEach()) {
      LockSupport.parkNanos(Pin.INTERVAL.toNanos());
    }
  }

  private static boolean lookAfterEach() {
    for (Pin pin : pins()) {
      if (!pin.tick(System.nanoTime()) && isDropped(pin)) {
        return false;
      }
    }
    return true;
  }

  private static List<Pin> pins() {
    synchronized (PINS) {
      return List.copyOf(PINS);
    }
  }

  /** Unless somebody has begun to read again. Returns whether it was the last. */
  private static boolean isDropped(Pin pin) {
    synchronized (PINS) {
      if (pin.isWanted()) {
        return false;
      }
      PINS.remove(pin);
      return PINS.isEmpty();
    }
  }
}
