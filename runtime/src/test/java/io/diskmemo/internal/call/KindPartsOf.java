package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.Stages;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.testkit.KindDisks;
import io.diskmemo.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The parts of a kind of which a test chooses some.
 *
 * @param nanoTicker tells what computations cost
 */
record KindPartsOf(
    KindStore store,
    Leases leases,
    TestClock clock,
    Batches batches,
    DiskThreads diskThreads,
    Freshness freshness,
    Refreshes refreshes,
    LongSupplier nanoTicker) {

  /** Results never end, and cost what they do. */
  static KindParts ofNothingThatEnds(
      KindStore store, Leases leases, TestClock clock, Batches batches) {
    return new KindPartsOf(
            store,
            leases,
            clock,
            batches,
            new DiskThreads("test", 1),
            new Freshness(0, Duration.ZERO, Duration.ZERO, clock, () -> 1),
            new Refreshes(),
            System::nanoTime)
        .ending(Optional.empty());
  }

  /** Of results that end. */
  KindParts ending(Optional<Duration> timeToLive) {
    GuardedStore guarded =
        new GuardedStore("default", KindDisks.of(store, clock), Duration.ofSeconds(10));
    Counters counters = new Counters();
    MemoryTier memory = new MemoryTier(1 << 20, guarded, false, clock);
    return new KindParts(
        "default",
        memory,
        new Flights<>(),
        leases,
        new Stages<>(),
        diskThreads.orHere(),
        guarded,
        store::evict,
        new CallKeys(Optional.empty()),
        counters,
        new Totals(counters, guarded, memory, false, System::nanoTime),
        batches,
        new Prefetches(),
        timeToLive,
        1 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        WaitObserver.NONE,
        freshness,
        refreshes,
        clock,
        nanoTicker,
        new AtomicBoolean());
  }
}
