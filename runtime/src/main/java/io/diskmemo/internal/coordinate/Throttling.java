package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion;
import io.diskmemo.internal.flight.Holder;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.internal.flight.WaitWatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Permits of a {@link Bucket}. Of the threads of this process, one at a time waits for the next permit.
 * Permits come with time, so that a long wait is told of without a holder. Thread-safe.
 */
public final class Throttling {
  /** So often at least a thread that waits looks whether the clock was set. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long NANOS_PER_MICRO = 1_000;

  private final Name name;
  private final Bucket bucket;
  private final WaitObserver observer;

  Throttling(Name name, Bucket bucket, WaitObserver observer) {
    this.name = name;
    this.bucket = bucket;
    this.observer = observer;
  }

  /**
   * Takes a permit if there is one.
   *
   * @return whether there was
   */
  public boolean isTaken() {
    return bucket.microsToTake() == 0;
  }

  /** Waits for a permit, however long. */
  void take() throws InterruptedException {
    if (!isTaken(Exclusion.FOR_EVER)) {
      throw new IllegalStateException("a hundred years are over");
    }
  }

  /**
   * Waits for a permit.
   *
   * @param longest wait; {@link Exclusion#FOR_EVER} without end
   * @return false if none came in time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public boolean isTaken(Duration longest) throws InterruptedException {
    if (longest.isZero() || longest.isNegative()) {
      refuseInterrupted();
      return isTaken();
    }
    long beganNanos = System.nanoTime();
    WaitTerms terms = name.terms(longest, observer);
    InProcess shared = InProcess.join(name);
    try {
      if (!shared.turn().enter(terms)) {
        return false;
      }
      try {
        return isTakenInTurn(beganNanos, terms);
      } finally {
        shared.turn().leave();
      }
    } finally {
      InProcess.part(name);
    }
  }

  private boolean isTakenInTurn(long beganNanos, WaitTerms terms) throws InterruptedException {
    refuseInterrupted();
    long micros = bucket.microsToTake();
    if (micros == 0) {
      return true;
    }
    WaitWatch watch = new WaitWatch(terms);
    String how = "interrupted";
    try {
      boolean taken = await(micros, beganNanos, watch, terms);
      how = taken ? "over" : "ended";
      return taken;
    } finally {
      watch.end(() -> Holder.NOBODY, how);
    }
  }

  private boolean await(long micros, long beganNanos, WaitWatch watch, WaitTerms terms)
      throws InterruptedException {
    for (long wait = micros; wait > 0; wait = bucket.microsToTake()) {
      long waited = System.nanoTime() - beganNanos;
      long left = terms.longest().toNanos() - waited;
      if (left <= 0) {
        return false;
      }
      watch.look(waited, () -> Holder.NOBODY);
      long pause = Math.min(LOOK_NANOS, wait * NANOS_PER_MICRO);
      LockSupport.parkNanos(this, Math.min(left, pause));
      refuseInterrupted();
    }
    return true;
  }

  private static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
