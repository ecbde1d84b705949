package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.flight.Lease;
import io.diskmemo.internal.memory.Remembered;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refresh of a result that was just a hit, if chance wants it. One process at a time does it, and
 * one thread; everyone else gets the present result.
 *
 * <p>It is done aside if the method will give the same when it is called a little later, whatever the
 * caller does meanwhile; else the caller does it.
 */
final class EarlyRefresh<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final Entry<R> entry;
  private final Computation<? extends R> computation;
  private final KindParts kind;

  EarlyRefresh(Entry<R> entry, Computation<? extends R> computation) {
    this.entry = entry;
    this.computation = computation;
    this.kind = entry.kind();
  }

  /** What the caller computed, or null if the present result is his. */
  @Nullable
  Outcome<R> outcome() {
    Remembered<R> due = due();
    if (due == null) {
      return null;
    }
    if (!entry.method().isRefreshedAside()) {
      return refreshed(due);
    }
    aside(() -> refreshed(due));
    return null;
  }

  /** Computes aside, so that it is there for the next caller. */
  void aside(Runnable refresh) {
    if (!kind.refreshes().isBegun(entry.key().local(), refresh)) {
      kind.counters().count(Event.REFRESH_DROPPED);
    }
  }

  private @Nullable Remembered<R> due() {
    if (!kind.freshness().isEarly() || !kind.batches().isNoneOpen()) {
      return null;
    }
    Remembered<R> present = entry.method().inMemory(entry.lookupKey());
    return present != null && kind.freshness().isDue(present) ? present : null;
  }

  private @Nullable Outcome<R> refreshed(Remembered<R> due) {
    Optional<Lease> lease =
        kind.isClosed() ? Optional.empty() : kind.leases().tryTake(entry.request());
    if (lease.isEmpty()) {
      return null;
    }
    try (Lease right = lease.get()) {
      return isStillThere(due) ? computed(right) : null;
    }
  }

  /** Another may have refreshed it just before. */
  private boolean isStillThere(Remembered<R> due) {
    Remembered<R> present = entry.method().inMemory(entry.lookupKey());
    return present != null && present.expiresMillis() == due.expiresMillis();
  }

  private @Nullable Outcome<R> computed(Lease right) {
    try {
      Outcome<R> outcome =
          new Call<>(entry, computation).computeAndStore(NewEntry.Mode.REPLACE, right);
      kind.counters().count(Event.REFRESH);
      return outcome;
    } catch (Throwable e) { // the present result is good until its end
      kind.counters().count(Event.REFRESH_FAILED);
      LOG.debug("{}: an early refresh fails", entry.method().name(), e);
      return null;
    }
  }
}
