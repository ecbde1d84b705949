package io.diskmemo.internal.flight;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One computation under way, and the thread that makes it. */
final class Flight {
  /** How often a thread that has a turn looks whether the maker came to stand in line behind it. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Thread maker;
  private final long beganMillis = System.currentTimeMillis();
  private final CompletableFuture<Landing> landing = new CompletableFuture<>();

  Flight(Thread maker) {
    this.maker = maker;
  }

  Thread maker() {
    return maker;
  }

  void land(Landing how) {
    landing.complete(how);
  }

  boolean hasLanded() {
    return landing.isDone();
  }

  Landing await(long deadlineNanos, WaitTerms terms) {
    Thread waiter = Thread.currentThread();
    if (maker.equals(waiter)) {
      return new Landing.NotAwaited(Flights.WhyAlone.RECURSION);
    }
    if (!WaitGraph.begin(waiter, this)) {
      return new Landing.NotAwaited(Flights.WhyAlone.CROSSING);
    }
    WaitWatch watch = new WaitWatch(terms);
    Landing how = Landing.FAILED;
    try {
      how = awaitLanding(deadlineNanos, watch);
      return how;
    } finally {
      WaitGraph.end(waiter);
      watch.end(this::holder, how.getClass().getSimpleName());
    }
  }

  private Landing awaitLanding(long deadlineNanos, WaitWatch watch) {
    long began = System.nanoTime();
    Thread waiter = Thread.currentThread();
    boolean inside = Lines.isInside(waiter);
    while (true) {
      if (inside && Lines.isBehind(maker, waiter)) {
        return new Landing.NotAwaited(Flights.WhyAlone.CROSSING);
      }
      long waited = System.nanoTime() - began;
      long left = Math.min(deadlineNanos - began - waited, inside ? LOOK_NANOS : Long.MAX_VALUE);
      try {
        return landing.get(Math.min(left, watch.nanosToNext(waited)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          return new Landing.NotAwaited(Flights.WhyAlone.TIMEOUT);
        }
        watch.look(System.nanoTime() - began, this::holder);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Landing.NotAwaited(Flights.WhyAlone.INTERRUPTED);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a flight always lands", e);
      }
    }
  }

  private Holder holder() {
    return new Holder(
        ProcessHandle.current().pid(), maker.getName(), Instant.ofEpochMilli(beganMillis));
  }
}
