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
      if (PINS.isEmpty()) {
        Thread thread = new Thread(PinThread::lookAfterAll, "diskmemo-pin");
        thread.setDaemon(true);
        thread.start(); // and waits for this lock
      }
      PINS.add(pin);
    }
  }

  private static void lookAfterAll() {
    boolean ended = false;
    try {
      while (lookAfterEach()) {
        LockSupport.parkNanos(Pin.INTERVAL.toNanos());
      }
      ended = true;
    } finally {
      if (!ended) { // by an error, after which the next reader begins another thread
        dropAll();
      }
    }
  }

  private static void dropAll() {
    synchronized (PINS) {
      PINS.forEach(Pin::drop);
      PINS.clear();
    }
  }

  private static boolean lookAfterEach() {
    List<Pin> pins = pins();
    if (pins.isEmpty()) {
      return false;
    }
    for (Pin pin : pins) {
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
