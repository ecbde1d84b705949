package io.diskmemo.internal.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One computation under way, and the thread that makes it. */
final class Flight {
  private final Thread maker;
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

  Landing await(long deadlineNanos) {
    Thread waiter = Thread.currentThread();
    if (maker.equals(waiter)) {
      return new Landing.NotAwaited(Flights.WhyAlone.RECURSION);
    }
    if (!WaitGraph.begin(waiter, this)) {
      return new Landing.NotAwaited(Flights.WhyAlone.CROSSING);
    }
    try {
      return landing.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Landing.NotAwaited(Flights.WhyAlone.TIMEOUT);
    } catch (InterruptedException e) {
      waiter.interrupt();
      return new Landing.NotAwaited(Flights.WhyAlone.INTERRUPTED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight always lands", e);
    } finally {
      WaitGraph.end(waiter);
    }
  }
}
