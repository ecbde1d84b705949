package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Permits of a {@link TokenBucket} that all processes share, kept on disk. Of the threads of this
 * process, one at a time waits for the next permit. Thread-safe.
 *
 * <p>The clock is read by whoever has the write lock of the database, so that a bucket never sees the
 * times of two processes in another order than that of their turns. A bucket that is not there, or that
 * cannot be read, is full; so it need not be kept for longer than it takes to fill.
 */
public final class Throttling {
  /** So often at least a thread that waits looks whether the clock was set. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Name name;
  private final Key key;
  private final Rate rate;
  private final LastingState state;

  Throttling(Name name, Rate rate, LastingState state) {
    this.name = name;
    this.key = name.key();
    this.rate = rate;
    this.state = state;
  }

  /**
   * Takes a permit if there is one.
   *
   * @return whether there was
   */
  public boolean isTaken() {
    return microsToTake() == 0;
  }

  /**
   * Waits for a permit.
   *
   * @param longest wait; {@link io.diskmemo.internal.flight.Exclusion#FOR_EVER} without end
   * @return false if none came in time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public boolean isTaken(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    InProcess shared = InProcess.join(name);
    try {
      if (!shared.turn().enter(name.terms(longest, WaitObserver.NONE))) {
        return false;
      }
      try {
        return awaitPermit(deadline);
      } finally {
        shared.turn().leave();
      }
    } finally {
      InProcess.part(name);
    }
  }

  private boolean awaitPermit(long deadlineNanos) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long wait = microsToTake();
      long left = deadlineNanos - System.nanoTime();
      if (wait == 0 || left <= 0) {
        return wait == 0;
      }
      long pause = Math.min(LOOK_NANOS, wait * NANOS_PER_MICRO);
      LockSupport.parkNanos(this, Math.min(left, pause));
    }
  }

  /** Takes a permit, unless it has to be waited for; returns for how long. */
  private long microsToTake() {
    if (state.find(key) instanceof StoredEntry entry) {
      TokenBucket before = bucket(entry, nowMicros());
      TokenBucket now = before.at(nowMicros(), rate);
      if (now.microsToNext() > 0 && now.atMicros() >= before.atMicros()) {
        return now.microsToNext(); // without writing
      }
    }
    return state.update(key, this::decide);
  }

  private KindStore.Replacement<Long> decide(Lookup present) {
    long nowMicros = nowMicros();
    TokenBucket now = bucket(present, nowMicros).at(nowMicros, rate);
    TokenBucket left = now.taken().orElse(now);
    long expiresMillis = (nowMicros + rate.periodMicros()) / MICROS_PER_MILLI + 1;
    return new KindStore.Replacement<>(
        LastingState.entry(key, left.toBytes(), expiresMillis), now.microsToNext());
  }

  private TokenBucket bucket(Lookup present, long nowMicros) {
    return present instanceof StoredEntry entry
        ? TokenBucket.read(entry.value()).orElseGet(() -> TokenBucket.full(rate, nowMicros))
        : TokenBucket.full(rate, nowMicros);
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, state.clock().instant());
  }
}
