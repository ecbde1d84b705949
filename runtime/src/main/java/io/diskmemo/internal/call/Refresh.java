package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.flight.Lease;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The computation of a result that there is already: by one process at a time, and by one of its
 * threads. If it fails, that is nobody's concern, because nobody waits for it.
 *
 * @param <R> type of the result
 */
final class Refresh<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final Entry<R> entry;
  private final Computation<? extends R> computation;
  private final NewEntry.Mode mode;
  private final KindParts kind;

  Refresh(Entry<R> entry, Computation<? extends R> computation, NewEntry.Mode mode) {
    this.entry = entry;
    this.computation = computation;
    this.mode = mode;
    this.kind = entry.kind();
  }

  /**
   * Begins it aside, unless it is under way.
   *
   * @param isWanted asked when nobody else can do the same
   * @return false if too many wait already
   */
  boolean isBegunAside(BooleanSupplier isWanted) {
    return kind.refreshes().isBegun(entry.key().local(), () -> outcome(isWanted));
  }

  /** The new result, or null if another computes it, it is not wanted, or the method failed. */
  @Nullable
  Outcome<R> outcome(BooleanSupplier isWanted) {
    Optional<Lease> lease =
        kind.isClosed() ? Optional.empty() : kind.leases().tryTake(entry.request());
    if (lease.isEmpty()) {
      return null;
    }
    try (Lease right = lease.get()) {
      return isWanted.getAsBoolean() ? computed(right) : null;
    } catch (Throwable e) { // the next who needs it will see it
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // of the caller, who gets the present result
      }
      kind.counters().count(Event.REFRESH_FAILED);
      LOG.debug("{}: a refresh fails", entry.method().name(), e);
      return null;
    }
  }

  private Outcome<R> computed(Lease right) throws Throwable {
    Outcome<R> outcome = new Call<>(entry, computation).computeAndStore(mode, right);
    kind.counters().count(Event.REFRESH);
    return outcome;
  }
}
