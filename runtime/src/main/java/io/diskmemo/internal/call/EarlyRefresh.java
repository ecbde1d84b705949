package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.memory.Remembered;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The refresh of a result that was just a hit, in memory or on disk, if chance wants it; everyone else
 * gets the present result. It is done aside if the method will give the same when it is called a little
 * later, whatever the caller does meanwhile; else the caller does it.
 *
 * @param <R> type of the result
 */
final class EarlyRefresh<R extends @Nullable Object> {
  private final Entry<R> entry;
  private final KindParts kind;
  private final End due;

  private EarlyRefresh(Entry<R> entry, End due) {
    this.entry = entry;
    this.kind = entry.kind();
    this.due = due;
  }

  /**
   * The refresh of a hit, or null if it is not due.
   *
   * @param end of what was read from disk; null for a hit in memory, and for no hit
   */
  static <R extends @Nullable Object> @Nullable EarlyRefresh<R> of(
      Entry<R> entry, @Nullable End end) {
    KindParts kind = entry.kind();
    return end != null
            && kind.freshness().isEarly()
            && kind.batches().isNoneOpen()
            && kind.freshness().isDue(end)
        ? new EarlyRefresh<>(entry, end)
        : null;
  }

  /** As {@link #of}, of what memory holds. */
  static <R extends @Nullable Object> @Nullable EarlyRefresh<R> inMemory(Entry<R> entry) {
    return entry.kind().freshness().isEarly() ? of(entry, endInMemory(entry)) : null;
  }

  private static @Nullable End endInMemory(Entry<?> entry) {
    Remembered<?> present = entry.method().inMemory(entry.lookupKey());
    return present == null ? null : new End(present.expiresMillis(), present.costNanos());
  }

  /** Whether nobody else has refreshed it just before. */
  boolean isWanted() {
    End present = endInMemory(entry);
    return (present == null ? expiresOnDisk() : present.expiresMillis()) == due.expiresMillis();
  }

  /** Memory may have no room for it, or no stamp while others write. */
  private long expiresOnDisk() {
    return kind.store().find(entry.key().key()) instanceof StoredEntry present
        ? present.expiresMillis()
        : StoredEntry.NEVER;
  }

  /** Whether it may be done a little later. */
  boolean isDoneAside() {
    return entry.method().isRefreshedAside();
  }

  /** Begins it aside, by what says whether it could. */
  void beginAside(Predicate<BooleanSupplier> begin) {
    if (!begin.test(this::isWanted)) {
      kind.counters().count(Event.REFRESH_DROPPED);
    }
  }
}
