package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.flight.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result after its end, where the kind says that it will do for a while: as long as it is computed
 * anew, or if it cannot be.
 *
 * @param <R> type of the result
 */
final class Late<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final Entry<R> entry;
  private final Computation<? extends R> computation;
  private final KindParts kind;

  Late(Entry<R> entry, Computation<? extends R> computation) {
    this.entry = entry;
    this.computation = computation;
    this.kind = entry.kind();
  }

  /** The result, if it may be handed out while it is computed aside, which begins now. */
  Optional<Outcome<R>> whileRefreshing() {
    if (!kind.freshness().servesStale()
        || !entry.method().isRefreshedAside()
        || !kind.batches().isNoneOpen()) {
      return Optional.empty();
    }
    Optional<Outcome<R>> late = entry.loadLate(kind.freshness().staleWhileRefreshing());
    if (late.isEmpty() || !kind.refreshes().isBegun(entry.key().local(), this::refresh)) {
      return Optional.empty();
    }
    kind.counters().count(Event.STALE_WHILE_REFRESHING);
    return late;
  }

  /** Another process that refreshes it has the lease. */
  private void refresh() {
    Optional<Lease> lease =
        kind.isClosed() ? Optional.empty() : kind.leases().tryTake(entry.request());
    if (lease.isEmpty()) {
      return;
    }
    try (Lease right = lease.get()) {
      if (entry.loadAgain().isEmpty()) {
        new Call<>(entry, computation).computeAndStore(NewEntry.Mode.PUBLISH, right);
        kind.counters().count(Event.REFRESH);
      }
    } catch (Throwable e) { // the next caller after the time that is stated gets it
      kind.counters().count(Event.REFRESH_FAILED);
      LOG.debug("{}: a refresh fails", entry.method().name(), e);
    }
  }

  /** The result, if it may be handed out instead of an exception. */
  Optional<Outcome<R>> ifError() {
    if (!kind.freshness().survivesErrors()) {
      return Optional.empty();
    }
    Optional<Outcome<R>> late = entry.loadLate(kind.freshness().staleIfError());
    late.ifPresent(outcome -> kind.counters().count(Event.STALE_IF_ERROR));
    return late;
  }
}
