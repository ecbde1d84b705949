package io.diskmemo.internal.flight;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous call's way to its turn: each look is a piece of work of its own, and between two of
 * them nobody waits. Its pieces run one after another.
 */
final class AsyncTurn<A> {
  private final CompletableFuture<A> result = new CompletableFuture<>();
  private final Leases leases;
  private final LeaseRequest request;
  private final Leases.AsyncWork<A> work;
  private final Executor executor;
  private final LongSupplier nanoTicker;
  private final Delays delays;
  private final Pauses pauses = new Pauses();
  private int inVain;

  AsyncTurn(
      Leases leases,
      LeaseRequest request,
      Leases.AsyncWork<A> work,
      Executor executor,
      LongSupplier nanoTicker,
      Delays delays) {
    this.leases = leases;
    this.request = request;
    this.work = work;
    this.executor = executor;
    this.nanoTicker = nanoTicker;
    this.delays = delays;
  }

  /** Where work waits for its time, in nobody's thread. */
  interface Delays {
    /** Those of the JVM. */
    Delays OF_THE_JVM = new JvmDelays();

    /** An executor that hands work to another one after a while. */
    Executor after(long nanos, Executor executor);
  }

  CompletableFuture<A> begin() {
    hand(() -> guarded(() -> lookAndTake(true, null)));
    return result;
  }

  /** What the executor throws would end in the scheduler of delays, which tells nobody. */
  private void hand(Runnable piece) {
    guarded(() -> executor.execute(piece));
  }

  private void guarded(Runnable piece) {
    try {
      piece.run();
    } catch (Throwable e) { // whatever it is, the caller must not wait for ever
      result.completeExceptionally(e);
    }
  }

  private void lookAndTake(boolean first, @Nullable Waiting waiting) {
    long changes = work.changes();
    Optional<A> found = work.look(first);
    LeaseTable table = waiting == null ? leases.table() : waiting.table();
    if (found.isPresent()) {
      result.complete(found.get());
    } else if (table == null) {
      give(work.withoutLease(Flights.WhyAlone.NO_LEASE));
    } else {
      take(table, changes, waiting);
    }
  }

  private void take(LeaseTable table, long changes, @Nullable Waiting waiting) {
    LeaseTable.Taking taking = leases.take(table, request, null);
    if (taking instanceof LeaseTable.Taken taken) {
      compute(taken.lease(), changes);
    } else if (taking instanceof LeaseTable.Occupied occupied && inVain++ < Leases.MOST_IN_VAIN) {
      (waiting == null ? new Waiting(table) : waiting).turnTo(occupied);
    } else {
      give(work.withoutLease(
          taking instanceof LeaseTable.None
              ? Flights.WhyAlone.NO_LEASE
              : Flights.WhyAlone.IN_VAIN));
    }
  }

  private void compute(Lease lease, long changes) {
    give(computed(lease, changes).whenComplete((value, failure) -> lease.close()));
  }

  private CompletableFuture<A> computed(Lease lease, long changes) {
    try {
      Optional<A> found = work.changes() == changes ? Optional.empty() : work.look(false);
      return found.map(CompletableFuture::completedFuture).orElseGet(() -> work.compute(lease));
    } catch (Throwable e) { // the lease must not outlive it
      return CompletableFuture.failedFuture(e);
    }
  }

  private void give(CompletionStage<A> answer) {
    answer.whenComplete((value, failure) -> {
      if (failure == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(failure);
      }
    });
  }

  /** Looking at leases of others. */
  private final class Waiting {
    private final LeaseTable table;
    private final Patient patient;
    private final WaitWatch watch = new WaitWatch(request.terms());

    Waiting(LeaseTable table) {
      this.table = table;
      this.patient = new Patient(request, nanoTicker, table);
    }

    LeaseTable table() {
      return table;
    }

    void turnTo(LeaseTable.Occupied occupied) {
      patient.turnTo(occupied);
      pause();
    }

    /** Where the system has no thread for delays, there is nobody to wait. */
    private void pause() {
      AtomicBoolean over = new AtomicBoolean();
      try {
        delays
            .after(pauses.nextNanos(), AsyncTurn.this::hand)
            .execute(() -> guarded(() -> lookOnce(over)));
      } catch (OutOfMemoryError e) { // the look may be queued all the same, for a later thread
        if (over.compareAndSet(false, true)) {
          watch.end(patient::holder, Flights.WhyAlone.NO_LEASE.name());
          give(work.withoutLease(Flights.WhyAlone.NO_LEASE));
        }
      }
    }

    private void lookOnce(AtomicBoolean over) {
      if (over.compareAndSet(false, true)) {
        look();
      }
    }

    private void look() {
      switch (patient.look()) {
        case STILL -> {
          watch.look(patient.waitedNanos(), patient::holder);
          pause();
        }
        case OVER -> {
          watch.end(patient::holder, "over");
          lookAndTake(false, this);
        }
        case TOO_LONG -> {
          watch.end(patient::holder, Flights.WhyAlone.TIMEOUT.name());
          give(work.withoutLease(Flights.WhyAlone.TIMEOUT));
        }
      }
    }
  }
}
