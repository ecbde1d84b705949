package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lock on a name, of one thread among those of all processes. The threads of this process first wait
 * for their turn, and the one that has it for the lease. Thread-safe.
 */
public final class Locking {
  private final Name name;
  private final Duration timeToLive;
  private final Exclusion exclusion;
  private final WaitObserver observer;

  Locking(Name name, Duration timeToLive, Exclusion exclusion, WaitObserver observer) {
    this.name = name;
    this.timeToLive = TimesToLive.checked(timeToLive);
    this.exclusion = exclusion;
    this.observer = observer;
  }

  /**
   * Takes the lock, also if this thread has it.
   *
   * @param longest wait; {@link Exclusion#FOR_EVER} without end
   * @return empty if others had it all the time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws CoordinationException if nobody can tell whether others have it
   */
  public Optional<Hold> take(Duration longest) throws InterruptedException {
    InProcess shared = InProcess.join(name);
    Optional<Hold> hold = Optional.empty();
    try {
      shared.forfeit(name);
      hold = shared.isInside() ? Optional.of(again(shared)) : first(shared, longest);
      return hold;
    } finally {
      if (hold.isEmpty()) {
        InProcess.part(name);
      }
    }
  }

  private Hold again(InProcess shared) {
    Exclusion.Granted granted = shared.again();
    if (granted == null && shared.lease() == null) {
      throw new CoordinationException(
          operation(),
          "this thread is inside @OneAtATime of the same name, which goes on within this process"
              + " because nobody could tell what other processes do; the log says why",
          false);
    }
    if (granted == null) {
      throw new CoordinationException(
          operation(),
          "this thread was silent for longer than " + timeToLive.toMillis()
              + " ms and has lost it; close it before taking it again",
          false);
    }
    return new LockHold(name, shared, granted);
  }

  private Optional<Hold> first(InProcess shared, Duration longest) throws InterruptedException {
    long began = System.nanoTime();
    if (!shared.turn().enter(name.terms(longest, observer), () -> shared.forfeit(name))) {
      return Optional.empty();
    }
    Optional<Hold> hold = Optional.empty();
    try {
      Duration left = longest.minusNanos(System.nanoTime() - began);
      hold = taken(shared, name.terms(left.isNegative() ? Duration.ZERO : left, observer));
      return hold;
    } finally {
      if (hold.isEmpty()) {
        shared.turn().leave();
      }
    }
  }

  private Optional<Hold> taken(InProcess shared, WaitTerms terms) throws InterruptedException {
    return Grants.of(exclusion.take(List.of(name.key()), timeToLive, terms), operation())
        .map(granted -> {
          shared.begin(granted);
          return new LockHold(name, shared, granted);
        });
  }

  private String operation() {
    return "take the " + name.type() + " " + name.text();
  }
}
