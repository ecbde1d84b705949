package io.diskmemo.internal.disk;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A few places for those whom the disk may hold, and in front of them a line of others, whom it may not.
 * Thread-safe.
 */
final class Places {
  private final int number;
  private final long patienceNanos;
  private final LongSupplier nanoTicker;
  private final Semaphore free;
  private final AtomicLong left = new AtomicLong();

  Places(int number, long patienceNanos, LongSupplier nanoTicker) {
    this.number = number;
    this.patienceNanos = patienceNanos;
    this.nanoTicker = nanoTicker;
    this.free = new Semaphore(number);
  }

  /** What became of somebody who wanted a place. */
  enum Arrival {
    /** He has one, and has to leave it. */
    INSIDE,
    /** There was none for him. */
    REFUSED,
    /** Somebody wants the thread to end, which stays noted. */
    INTERRUPTED
  }

  /** Takes a place if one is free. */
  boolean isEnteredAtOnce() {
    return free.tryAcquire();
  }

  /** Takes a place, or waits for one; a thread that was interrupted before waits as well. */
  Arrival enter(Duration longest) {
    if (isEnteredAtOnce()) {
      return Arrival.INSIDE;
    }
    boolean interrupted = Thread.interrupted();
    try {
      return isEntered(longest) ? Arrival.INSIDE : Arrival.REFUSED;
    } catch (InterruptedException e) {
      interrupted = true;
      return Arrival.INTERRUPTED;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Where nobody leaves, the disk does not answer, and one more would only wait as well; unless this wait
   * took so long that the machine stood still, and with it those inside. Who looks more often loses his
   * place in line more often.
   */
  private boolean isEntered(Duration longest) throws InterruptedException {
    long end = nanoTicker.getAsLong() + longest.toNanos();
    long remaining = longest.toNanos();
    while (remaining > 0) {
      long before = left.get();
      long asked = Math.min(remaining, patienceNanos);
      long begun = nanoTicker.getAsLong();
      if (free.tryAcquire(asked, TimeUnit.NANOSECONDS)) {
        return true;
      }
      long now = nanoTicker.getAsLong();
      boolean isInVain = left.get() == before && now - begun < 2 * asked;
      remaining = isInVain ? 0 : end - now;
    }
    return false;
  }

  void leave() {
    left.incrementAndGet();
    free.release();
  }

  /** Takes all places, when those inside have left. */
  void enterAll() {
    free.acquireUninterruptibly(number);
  }

  /** Leaves all places, to those in line. */
  void leaveAll() {
    free.release(number);
  }
}
