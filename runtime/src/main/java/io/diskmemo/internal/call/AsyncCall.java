package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.Stages;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method whose result comes later. The disk is read and written by the kind's disk
 * threads; the method is called in a thread of the common pool, or in one of its own where the pool
 * has none to spare.
 *
 * @param <R> type of the result
 */
final class AsyncCall<R extends @Nullable Object>
    implements Stages.Work<CallAnswer<R>, R>, Leases.AsyncWork<Outcome<R>> {
  private final Entry<R> entry;
  private final Computation<? extends CompletionStage<? extends R>> computation;

  /** What the method's stage failed with, as it was. */
  private volatile @Nullable Throwable failureOfMethod;

  AsyncCall(Entry<R> entry, Computation<? extends CompletionStage<? extends R>> computation) {
    this.entry = entry;
    this.computation = computation;
  }

  CompletableFuture<R> answer() {
    return asTheMethod(entry.kind().stages().once(entry.key().local(), this));
  }

  /** Computes whatever there is, and takes its place. */
  CompletableFuture<R> refreshed() {
    return asTheMethod(
        computeAndStore(NewEntry.Mode.REPLACE, Right.NOT_NEEDED).thenApply(Outcome::value));
  }

  /**
   * Every step wraps the failure of the one before it; callers get the failure as dependents of the
   * method's own stage do.
   */
  private CompletableFuture<R> asTheMethod(CompletableFuture<R> steps) {
    return copied(steps, failure -> failureOfMethod == null ? failure : failureOfMethod);
  }

  @Override
  public CompletableFuture<R> take(CallAnswer<R> answer) {
    entry.kind().counters().count(Event.WAIT);
    Decoded<R> copy = answer instanceof CallAnswer.Stamped<R> stamped
        ? entry.method().encoding().again(stamped.result())
        : null;
    return copy == null ? uncached() : CompletableFuture.completedFuture(copy.value());
  }

  private CompletableFuture<R> uncached() {
    entry.kind().counters().count(Event.COMPUTATION);
    return computed();
  }

  @Override
  public CompletableFuture<Stages.Begun<CallAnswer<R>, R>> begin() {
    return loadedOrComputed()
        .thenApply(outcome -> new Stages.Begun<>(outcome.value(), outcome.answer()));
  }

  private CompletableFuture<Outcome<R>> loadedOrComputed() {
    KindParts kind = entry.kind();
    if (kind.store().isAway()) { // and with it the leases
      kind.counters().miss(Lookup.Miss.UNAVAILABLE);
      return compute(Right.NOT_NEEDED);
    }
    return kind.leases().onceAsync(entry.request(), this, kind.diskThreads());
  }

  @Override
  public long changes() {
    return entry.changes();
  }

  @Override
  public Optional<Outcome<R>> look(boolean first) {
    return first ? entry.load() : entry.loadAgain();
  }

  @Override
  public CompletableFuture<Outcome<R>> compute(Right right) {
    return computeAndStore(NewEntry.Mode.PUBLISH, right);
  }

  @Override
  public CompletableFuture<Outcome<R>> withoutLease(Flights.WhyAlone reason) {
    entry.kind().counters().count(Event.ALONE);
    return compute(Right.NOT_NEEDED);
  }

  private CompletableFuture<Outcome<R>> computeAndStore(NewEntry.Mode mode, Right right) {
    return CompletableFuture.supplyAsync(
            () -> Computing.begin(entry, mode, right), entry.kind().diskThreads())
        .thenComposeAsync(
            computing -> computed().thenApplyAsync(computing::end, entry.kind().diskThreads()));
  }

  private CompletableFuture<R> computed() {
    return begun(computation).whenComplete((value, failure) -> failureOfMethod = failure);
  }

  /** The method's stage; what it throws at once is a failure of the stage, as is null. */
  static <R extends @Nullable Object> CompletableFuture<R> begun(
      Computation<? extends CompletionStage<? extends R>> computation) {
    try {
      return copied(
          Objects.requireNonNull(computation.compute(), "the method returned null, and no stage"),
          failure -> failure);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A future of the caller's own, which fails with exactly what the operator says. */
  private static <R extends @Nullable Object> CompletableFuture<R> copied(
      CompletionStage<? extends R> stage, UnaryOperator<Throwable> failureOf) {
    CompletableFuture<R> result = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> {
      if (failure == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(failureOf.apply(failure));
      }
    });
    return result;
  }
}
