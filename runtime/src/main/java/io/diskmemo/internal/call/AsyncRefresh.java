package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.flight.Lease;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@link Refresh}, of a method whose result comes later: the lease is held until the stage is
 * complete and its value stored, and no thread waits for that.
 *
 * @param <R> type of the result
 */
final class AsyncRefresh<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final Entry<R> entry;
  private final SameArguments arguments;
  private final AsyncCall<R> call;
  private final NewEntry.Mode mode;
  private final KindParts kind;

  AsyncRefresh(Entry<R> entry, SameArguments arguments, AsyncCall<R> call, NewEntry.Mode mode) {
    this.entry = entry;
    this.arguments = arguments;
    this.call = call;
    this.mode = mode;
    this.kind = entry.kind();
  }

  /**
   * Begins it, unless it is under way.
   *
   * @param isWanted asked when nobody else can do the same
   * @return false if too many are under way already
   */
  boolean isBegunAside(BooleanSupplier isWanted) {
    return kind.refreshes()
        .isBegunLater(
            entry.key().local(), () -> outcome(isWanted, kind.diskThreads().orNever()));
  }

  /**
   * The new result, or empty if another computes it, it is not wanted, the method failed, or it was
   * called with other arguments; never fails itself.
   */
  CompletableFuture<Optional<Outcome<R>>> outcome(BooleanSupplier isWanted) {
    return outcome(isWanted, kind.diskThreads());
  }

  private CompletableFuture<Optional<Outcome<R>>> outcome(BooleanSupplier isWanted, Executor disk) {
    return lease(isWanted, disk)
        .thenCompose(lease -> lease
            .map(this::computed)
            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
        .exceptionally(this::failed);
  }

  /** Arguments that may change are those of a caller who waits; nothing is refreshed aside for them. */
  private CompletableFuture<Optional<Lease>> lease(BooleanSupplier isWanted, Executor disk) {
    return arguments.mayChange()
        ? CompletableFuture.supplyAsync(arguments::areSame, OrHere.ELSEWHERE)
            .thenApplyAsync(same -> same ? lease(isWanted) : Optional.empty(), disk)
        : CompletableFuture.supplyAsync(() -> lease(isWanted), disk);
  }

  private Optional<Lease> lease(BooleanSupplier isWanted) {
    Optional<Lease> lease =
        kind.isClosed() ? Optional.empty() : kind.leases().tryTakeForAll(entry.request());
    boolean wanted = false;
    try {
      wanted = lease.isPresent() && isWanted.getAsBoolean();
    } finally {
      if (!wanted) {
        lease.ifPresent(Lease::close);
      }
    }
    return wanted ? lease : Optional.empty();
  }

  private CompletableFuture<Optional<Outcome<R>>> computed(Lease right) {
    return call.computeAndStore(mode, right)
        .whenComplete((outcome, failure) -> right.close())
        .thenApply(this::refreshed);
  }

  private Optional<Outcome<R>> refreshed(Outcome<R> outcome) {
    if (outcome.isOfOtherArguments()) {
      return Optional.empty();
    }
    kind.counters().count(Event.REFRESH);
    return Optional.of(outcome);
  }

  /** The next who needs it will see it. */
  private Optional<Outcome<R>> failed(Throwable failure) {
    kind.counters().count(Event.REFRESH_FAILED);
    LOG.debug("{}: a refresh fails", entry.method().name(), failure);
    return Optional.empty();
  }
}
