package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion;
import io.diskmemo.internal.flight.Exclusion.Granted;
import io.diskmemo.internal.flight.WaitObserver;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread after the other do what has to be done in any case: of the threads of all processes,
 * or of this process alone where nobody can tell what others do. A thread that is through comes through
 * again. It is the {@link Locking} of the same name. Thread-safe.
 */
final class OneAtATime {
  private final Name name;
  private final Duration timeToLive;
  private final Exclusion exclusion;
  private final WaitObserver observer;
  private final ByItself byItself;

  OneAtATime(Name name, Duration timeToLive, Exclusion exclusion, WaitObserver observer) {
    this.name = name;
    this.timeToLive = TimesToLive.checked(timeToLive);
    this.exclusion = exclusion;
    this.observer = observer;
    this.byItself = ByItself.of(name);
  }

  /** Waits for its turn, however long. */
  Crossing.Passage enter() throws InterruptedException {
    InProcess shared = InProcess.join(name);
    boolean entered = false;
    try {
      shared.forfeit(name);
      if (shared.isInside()) {
        shared.enterAgain();
      } else {
        enterFirst(shared);
      }
      entered = true;
    } finally {
      if (!entered) {
        InProcess.part(name);
      }
    }
    Granted lease = shared.lease();
    return () -> leave(shared, lease);
  }

  private void enterFirst(InProcess shared) throws InterruptedException {
    if (!shared
        .turn()
        .enter(name.terms(Exclusion.FOR_EVER, observer), () -> shared.forfeit(name))) {
      throw new IllegalStateException("a hundred years are over");
    }
    boolean entered = false;
    try {
      shared.begin(lease());
      entered = true;
    } finally {
      if (!entered) {
        shared.turn().leave();
      }
    }
  }

  /** Null if there is none to be had. */
  private @Nullable Granted lease() throws InterruptedException {
    Exclusion.Outcome outcome;
    try {
      outcome = exclusion.takeIfAnswered(
          List.of(name.key()), timeToLive, name.terms(Exclusion.FOR_EVER, observer));
    } catch (RuntimeException e) { // whatever it is, the work has to be done
      byItself.begin(e);
      return null;
    }
    if (outcome instanceof Granted granted) {
      byItself.end();
      return granted;
    }
    byItself.begin(
        outcome instanceof Exclusion.Impossible impossible ? impossible.reason() : "no answer");
    return null;
  }

  private void leave(InProcess shared, @Nullable Granted lease) {
    if (lease == null) {
      shared.endWithoutLease(name);
    } else {
      shared.end(lease, name);
    }
  }
}
