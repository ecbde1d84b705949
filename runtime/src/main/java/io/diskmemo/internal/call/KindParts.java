package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.Stages;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * What the calls of one kind's methods work with.
 *
 * @param name of the kind
 * @param memory tier
 * @param flights under way
 * @param leases on computations, among processes
 * @param stages of asynchronous methods under way
 * @param diskThreads for asynchronous methods; it takes all work
 * @param store on disk, its failures being misses
 * @param evictor evicts one entry, and throws the public exception if it cannot
 * @param keys makes keys of encoded arguments
 * @param counters of this process
 * @param totals on disk
 * @param batches open in some thread
 * @param prefetches being collected in some thread
 * @param timeToLive of entries whose method states none; empty for ever
 * @param maxEntryBytes of a value that is stored
 * @param lockTtl how long a lease lasts that is not renewed
 * @param lockWait longest wait for another's computation
 * @param waitObserver learns of long waits
 * @param freshness says when results are computed anew
 * @param refreshes computes aside
 * @param clock for expiry
 * @param nanoTicker for costs
 * @param closed whether everything is over; then methods are called without the cache
 */
public record KindParts(
    String name,
    MemoryTier memory,
    Flights<LocalKey> flights,
    Leases leases,
    Stages<LocalKey> stages,
    OrHere diskThreads,
    GuardedStore store,
    BiPredicate<Key, MethodName> evictor,
    CallKeys keys,
    Counters counters,
    Totals totals,
    Batches batches,
    Prefetches prefetches,
    Optional<Duration> timeToLive,
    long maxEntryBytes,
    Duration lockTtl,
    Duration lockWait,
    WaitObserver waitObserver,
    Freshness freshness,
    Refreshes refreshes,
    InstantSource clock,
    LongSupplier nanoTicker,
    AtomicBoolean closed) {

  WaitTerms waitTerms(String method) {
    return new WaitTerms(name, method, lockWait, waitObserver);
  }

  boolean isClosed() {
    return closed.get();
  }
}
