package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Permits of a name, so many among all processes. Of the threads of this process, one at a time waits
 * for other processes. Thread-safe.
 */
public final class Permits {
  /** Each takes a slot of those that all keys of the directory share. */
  private static final int MOST = 128;

  private final Name name;
  private final List<Key> keys;
  private final Duration timeToLive;
  private final Exclusion exclusion;
  private final WaitObserver observer;

  Permits(Name name, int permits, Duration timeToLive, Exclusion exclusion, WaitObserver observer) {
    if (permits < 1 || permits > MOST) {
      throw new IllegalArgumentException(
          "a semaphore has 1 to " + MOST + " permits, not " + permits);
    }
    this.name = name;
    this.keys = IntStream.range(0, permits).mapToObj(name::key).toList();
    this.timeToLive = TimesToLive.checked(timeToLive);
    this.exclusion = exclusion;
    this.observer = observer;
  }

  /**
   * Takes a permit.
   *
   * @param longest wait; {@link Exclusion#FOR_EVER} without end
   * @return empty if others had all of them all the time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws CoordinationException if nobody can tell how many others have
   */
  public Optional<Hold> take(Duration longest) throws InterruptedException {
    return longest.isZero() ? taken(name.terms(longest, observer)) : inTurn(longest);
  }

  private Optional<Hold> inTurn(Duration longest) throws InterruptedException {
    long began = System.nanoTime();
    InProcess shared = InProcess.join(name);
    try {
      if (!shared.turn().enter(name.terms(longest, observer))) {
        return Optional.empty();
      }
      try {
        Duration left = longest.minusNanos(System.nanoTime() - began);
        return taken(name.terms(left.isNegative() ? Duration.ZERO : left, observer));
      } finally {
        shared.turn().leave();
      }
    } finally {
      InProcess.part(name);
    }
  }

  private Optional<Hold> taken(WaitTerms terms) throws InterruptedException {
    return Grants.of(exclusion.take(keys, timeToLive, terms), "take a permit of " + name.text())
        .map(PermitHold::new);
  }
}
