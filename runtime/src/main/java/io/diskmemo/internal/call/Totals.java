package io.diskmemo.internal.call;

import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.GuardedStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Adds this process's counts to those on disk: now and then after a store, and at the end. A hit
 * never causes a write. Thread-safe.
 */
public final class Totals {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final Counters counters;
  private final GuardedStore store;
  private final MemoryTier memory;
  private final boolean enabled;
  private final LongSupplier nanoTicker;
  private final AtomicLong flushedAt;

  /**
   * Totals of one kind.
   *
   * @param counters of this process
   * @param store that holds the totals
   * @param memory whose reads count for the order in which entries make room
   * @param enabled false to write nothing
   * @param nanoTicker for the interval
   */
  public Totals(
      Counters counters,
      GuardedStore store,
      MemoryTier memory,
      boolean enabled,
      LongSupplier nanoTicker) {
    this.counters = counters;
    this.store = store;
    this.memory = memory;
    this.enabled = enabled;
    this.nanoTicker = nanoTicker;
    this.flushedAt = new AtomicLong(nanoTicker.getAsLong());
  }

  void afterStore() {
    long now = nanoTicker.getAsLong();
    long before = flushedAt.get();
    if (now - before > INTERVAL_NANOS && flushedAt.compareAndSet(before, now)) {
      flush();
    }
  }

  /** Adds what was counted since the last time, and writes down what was read. */
  public void flush() {
    memory.tellAccesses();
    store.flushAccesses();
    if (enabled) {
      store.addTotals(counters);
    }
  }
}
