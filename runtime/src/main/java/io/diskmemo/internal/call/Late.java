package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Counters.Event;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A result after its end, where the kind says that it will do for a while: as long as it is computed
 * anew, or if it cannot be.
 *
 * @param <R> type of the result
 */
final class Late<R extends @Nullable Object> {
  private final Entry<R> entry;
  private final Predicate<BooleanSupplier> begin;
  private final KindParts kind;

  /** A late result, and what begins its computation aside, and says whether it could. */
  Late(Entry<R> entry, Predicate<BooleanSupplier> begin) {
    this.entry = entry;
    this.begin = begin;
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
    if (late.isEmpty() || !isRefreshBegun()) {
      return Optional.empty();
    }
    kind.counters().count(Event.STALE_WHILE_REFRESHING);
    return late;
  }

  private boolean isRefreshBegun() {
    return begin.test(() -> entry.loadAgain().isEmpty());
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
