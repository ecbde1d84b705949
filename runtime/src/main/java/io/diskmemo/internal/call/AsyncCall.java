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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method whose result comes later. The disk is read and written by the kind's disk
 * threads; the method is called in a thread of the common pool, or in one of its own where the pool
 * has none to spare. By then the caller may have changed the arguments; what the method makes of them
 * is for this caller alone, and is not stored.
 *
 * @param <R> type of the result
 */
final class AsyncCall<R extends @Nullable Object>
    implements Stages.Work<CallAnswer<R>, R>, Leases.AsyncWork<Outcome<R>> {
  private final Entry<R> entry;
  private final SameArguments arguments;
  private final Computation<? extends CompletionStage<? extends R>> computation;

  /** What the method's stage failed with, as it was. */
  private volatile @Nullable Throwable failureOfMethod;

  AsyncCall(
      Entry<R> entry,
      SameArguments arguments,
      Computation<? extends CompletionStage<? extends R>> computation) {
    this.entry = entry;
    this.arguments = arguments;
    this.computation = computation;
  }

  CompletableFuture<R> answer() {
    return asTheMethod(
        entry.kind().stages().once(entry.key().local(), entry.request().terms(), this));
  }

  /** Computes whatever there is, and takes its place. */
  CompletableFuture<R> refreshed() {
    return asTheMethod(
        computeAndStore(NewEntry.Mode.REPLACE, Right.NOT_NEEDED).thenApply(Outcome::value));
  }

  /**
   * Every step wraps the failure of the one before it; callers get the failure as dependents of the
   * method's own stage do. What callers do with it is code of theirs, which may wait for further calls,
   * and so must not run in a disk thread.
   */
  private CompletableFuture<R> asTheMethod(CompletionStage<R> steps) {
    CompletableFuture<R> result = new CompletableFuture<>();
    BiConsumer<R, @Nullable Throwable> handOver =
        handOver(result, failure -> failureOfMethod == null ? failure : failureOfMethod);
    steps.whenComplete(
        (value, failure) -> OrHere.ELSEWHERE.execute(() -> handOver.accept(value, failure)));
    return result;
  }

  @Override
  public CompletableFuture<R> take(CallAnswer<R> answer) {
    entry.kind().counters().count(Event.WAIT);
    Decoded<R> copy = answer instanceof CallAnswer.Stamped<R> stamped
        ? entry.method().encoding().again(stamped.result())
        : null;
    return copy == null
        ? CompletableFuture.completedFuture(answer)
            .thenComposeAsync(outdated -> uncached(), OrHere.ELSEWHERE)
        : CompletableFuture.completedFuture(copy.value());
  }

  private CompletableFuture<R> uncached() {
    entry.kind().counters().count(Event.COMPUTATION);
    return computed();
  }

  @Override
  public CompletableFuture<Stages.Begun<CallAnswer<R>, R>> begin() {
    return loadedOrComputed()
        .thenCompose(outcome -> refreshed(EarlyRefresh.of(entry, outcome.end()), outcome))
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

  /** A hit in memory, or what takes its place. */
  CompletableFuture<R> hit(R value) {
    EarlyRefresh<R> early = EarlyRefresh.inMemory(entry);
    return early == null
        ? CompletableFuture.completedFuture(value)
        : refreshed(early, Outcome.forThisCaller(value)).thenApply(Outcome::value);
  }

  private CompletableFuture<Outcome<R>> refreshed(
      @Nullable EarlyRefresh<R> early, Outcome<R> present) {
    if (early == null) {
      return CompletableFuture.completedFuture(present);
    }
    AsyncRefresh<R> refresh = refresh(NewEntry.Mode.REPLACE);
    if (!early.isDoneAside()) {
      return refresh.outcome(early::isWanted).thenApply(outcome -> outcome.orElse(present));
    }
    early.beginAside(refresh::isBegunAside);
    return CompletableFuture.completedFuture(present);
  }

  @Override
  public CompletableFuture<R> alone(Flights.WhyAlone reason) {
    return withoutLease(reason).thenApply(Outcome::value);
  }

  @Override
  public long changes() {
    return entry.changes();
  }

  @Override
  public Optional<Outcome<R>> look(boolean first) {
    Optional<Outcome<R>> loaded = first ? entry.load() : entry.loadAgain();
    return loaded.isPresent() ? loaded : late().whileRefreshing();
  }

  /** By a call of its own, whose failure is not this one's. */
  private AsyncRefresh<R> refresh(NewEntry.Mode mode) {
    return new AsyncRefresh<>(
        entry, arguments, new AsyncCall<>(entry, arguments, computation), mode);
  }

  private Late<R> late() {
    return new Late<>(entry, refresh(NewEntry.Mode.PUBLISH)::isBegunAside);
  }

  @Override
  public CompletableFuture<Outcome<R>> compute(Right right) {
    CompletableFuture<Outcome<R>> computed = computeAndStore(NewEntry.Mode.PUBLISH, right);
    return entry.kind().freshness().survivesErrors()
        ? computed.exceptionallyComposeAsync(this::orLate, entry.kind().diskThreads())
        : computed;
  }

  private CompletableFuture<Outcome<R>> orLate(Throwable failure) {
    Optional<Outcome<R>> late =
        isExceptionOf(failureOfMethod) ? late().ifError() : Optional.empty();
    return late.map(CompletableFuture::completedFuture)
        .orElseGet(() -> CompletableFuture.failedFuture(failure));
  }

  /** An interrupt wants somebody to end, and an error is no answer to survive. */
  private static boolean isExceptionOf(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause instanceof Exception && !(cause instanceof InterruptedException);
  }

  @Override
  public CompletableFuture<Outcome<R>> withoutLease(Flights.WhyAlone reason) {
    entry.kind().counters().count(Event.ALONE);
    return compute(Right.NOT_NEEDED);
  }

  CompletableFuture<Outcome<R>> computeAndStore(NewEntry.Mode mode, Right right) {
    return CompletableFuture.supplyAsync(
            () -> Computing.begin(entry, mode, right), entry.kind().diskThreads())
        .thenComposeAsync(this::computedAndStored, OrHere.ELSEWHERE);
  }

  private CompletableFuture<Outcome<R>> computedAndStored(Computing<R> computing) {
    boolean sameBefore = arguments.areSame();
    CompletableFuture<R> stage = computed();
    boolean sameAround = arguments.areSame() && sameBefore;
    return stage.thenComposeAsync(
        value -> ended(computing, computing.encoded(value), sameAround),
        entry.kind().diskThreads());
  }

  /** The arguments are looked at once the value is encoded, which may hold a part of them. */
  private CompletableFuture<Outcome<R>> ended(
      Computing<R> computing, Computing.Computed<R> computed, boolean sameAround) {
    if (!arguments.mayChange() && !computing.dependsOnFile()) {
      return CompletableFuture.completedFuture(computing.end(computed, sameAround));
    }
    return CompletableFuture.supplyAsync(
            () -> sameAround && !computing.fileChanged() && arguments.areSame(), OrHere.ELSEWHERE)
        .thenApplyAsync(same -> computing.end(computed, same), entry.kind().diskThreads());
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
    stage.whenComplete(handOver(result, failureOf));
    return result;
  }

  private static <R extends @Nullable Object> BiConsumer<R, @Nullable Throwable> handOver(
      CompletableFuture<R> result, UnaryOperator<Throwable> failureOf) {
    return (value, failure) -> {
      if (failure == null) {
        result.complete(value);
      } else {
        result.completeExceptionally(failureOf.apply(failure));
      }
    };
  }
}
