package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.memory.Remembered;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The refresh of a result that was just a hit, if chance wants it; everyone else gets the present
 * result. It is done aside if the method will give the same when it is called a little later, whatever
 * the caller does meanwhile; else the caller does it.
 *
 * @param <R> type of the result
 */
final class EarlyRefresh<R extends @Nullable Object> {
  private final Entry<R> entry;
  private final Refresh<R> refresh;
  private final KindParts kind;

  EarlyRefresh(Entry<R> entry, Computation<? extends R> computation) {
    this.entry = entry;
    this.refresh = new Refresh<>(entry, computation, NewEntry.Mode.REPLACE);
    this.kind = entry.kind();
  }

  /** What the caller computed, or null if the present result is his. */
  @Nullable
  Outcome<R> outcome() {
    Remembered<R> due = due();
    if (due == null) {
      return null;
    }
    BooleanSupplier isWanted = () -> isStillThere(due);
    if (!entry.method().isRefreshedAside()) {
      return refresh.outcome(isWanted);
    }
    if (!refresh.isBegunAside(isWanted)) {
      kind.counters().count(Event.REFRESH_DROPPED);
    }
    return null;
  }

  private @Nullable Remembered<R> due() {
    if (!kind.freshness().isEarly() || !kind.batches().isNoneOpen()) {
      return null;
    }
    Remembered<R> present = entry.method().inMemory(entry.lookupKey());
    return present != null && kind.freshness().isDue(present) ? present : null;
  }

  /** Another may have refreshed it just before. */
  private boolean isStillThere(Remembered<R> due) {
    Remembered<R> present = entry.method().inMemory(entry.lookupKey());
    return present != null && present.expiresMillis() == due.expiresMillis();
  }
}
