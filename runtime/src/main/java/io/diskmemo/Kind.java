package io.diskmemo;

import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.call.Batches;
import io.diskmemo.internal.call.CachedMethod;
import io.diskmemo.internal.call.CallKeys;
import io.diskmemo.internal.call.Counters;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.DiskThreads;
import io.diskmemo.internal.call.Freshness;
import io.diskmemo.internal.call.KindParts;
import io.diskmemo.internal.call.Prefetches;
import io.diskmemo.internal.call.Refreshes;
import io.diskmemo.internal.call.Totals;
import io.diskmemo.internal.disk.CheckResult;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.Rescued;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.Stages;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.memory.MemoryTier;
import io.diskmemo.internal.resilience.BreakerSettings;
import io.diskmemo.internal.resilience.Condition;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.internal.resilience.KindDisk;
import io.diskmemo.internal.resilience.Level;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One opened kind: its parts, put together. Thread-safe. */
final class Kind implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** What is not on disk should at least be in memory. */
  private static final int TIMES_WITHOUT_DISK = 2;

  private final String name;
  private final Profile profile;
  private final KindDisk disk;
  private final KindParts parts;
  private final Set<MethodName> methods = ConcurrentHashMap.newKeySet();
  private final List<Rescued> rescued = new CopyOnWriteArrayList<>();

  Kind(
      String name,
      Profile profile,
      Supplier<KindStore> opening,
      Executor trials,
      Batches batches,
      Prefetches prefetches,
      DiskThreads diskThreads,
      Leases leases,
      WaitObserver waitObserver,
      Refreshes refreshes,
      InstantSource clock,
      AtomicBoolean closed) {
    this.disk = new KindDisk(
        () -> opened(opening),
        new BreakerSettings(profile.breakerFailures(), profile.breakerPause()),
        trials,
        clock,
        System::nanoTime,
        this::forget);
    GuardedStore guarded = new GuardedStore(name, disk, profile.timeout());
    Counters counters = new Counters();
    this.name = name;
    this.profile = profile;
    MemoryTier memory = new MemoryTier(
        profile.memoryLimit(), guarded, profile.evictionPolicy().order().countsAccesses(), clock);
    this.parts = new KindParts(
        name,
        memory,
        new Flights<>(),
        leases,
        new Stages<>(),
        diskThreads.orHere(),
        guarded,
        this::evict,
        new CallKeys(profile.keySecret()),
        counters,
        new Totals(counters, guarded, memory, profile.statistics(), System::nanoTime),
        batches,
        prefetches,
        profile.ttl(),
        profile.maxEntrySize(),
        profile.lockTtl(),
        profile.lockWait(),
        waitObserver,
        new Freshness(
            profile.earlyRefresh(),
            profile.staleWhileRefreshing(),
            profile.staleIfError(),
            clock,
            () -> ThreadLocalRandom.current().nextDouble()),
        refreshes,
        clock,
        System::nanoTime,
        closed);
    disk.breaker()
        .listen((before, now) ->
            memory.resize(now.level() == Level.UNHEALTHY ? TIMES_WITHOUT_DISK : 1));
  }

  /** Another store has taken the place of the one that memory was checked against. */
  private void forget() {
    parts.memory().clear();
  }

  /** Opened anew, it has to be told what the one before knew. */
  private KindStore opened(Supplier<KindStore> opening) {
    KindStore store = opening.get();
    List<Rescued> earlier = List.copyOf(rescued);
    rescued.removeAll(earlier);
    store.noteRescued(earlier);
    methods.forEach(store::noteUse);
    return store;
  }

  /** Takes note of what was revived when somebody opened the kind before. */
  void noteRescued(List<Rescued> earlier) {
    rescued.addAll(earlier);
  }

  /**
   * Opens the store.
   *
   * @throws DiskException if it cannot be opened
   */
  void open() {
    disk.require();
    disk.begin();
  }

  /** Opens the store; if that cannot be done, works from memory until it can. */
  void openIfPossible() {
    disk.openIfPossible(InvalidSettingException.class::isInstance);
    disk.begin();
  }

  <R extends @Nullable Object> CachedMethod<R> method(MethodSpec<R> spec) {
    MethodName method = new MethodName(spec.name(), spec.version(), spec.fingerprint());
    if (methods.add(method)) {
      parts.store().noteUse(method);
    }
    return new CachedMethod<>(spec, parts);
  }

  String name() {
    return name;
  }

  Profile profile() {
    return profile;
  }

  /**
   * The store, for what was asked for by name.
   *
   * @throws StoreException if it cannot be opened
   */
  KindStore store() {
    try {
      return disk.require();
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  KindParts parts() {
    return parts;
  }

  /** Evicts one entry, for somebody who asked for it by name and must know of failures. */
  boolean evict(Key key, @Nullable MethodName method) {
    return evicted(store -> store.evict(key, method) ? 1 : 0) > 0;
  }

  /** Evicts entries, for somebody who must know of failures; returns how many were on disk. */
  long evict(EntryFilter filter) {
    return evicted(store -> store.evict(filter));
  }

  /** What cannot be evicted on disk is at least forgotten here. */
  private long evicted(ToLongFunction<KindStore> eviction) {
    boolean done = false;
    try {
      long evicted = removed(Event.EVICTED, eviction.applyAsLong(store()));
      done = true;
      return evicted;
    } catch (DiskException e) {
      throw failed(e);
    } finally {
      if (!done) {
        parts.memory().clear();
      }
    }
  }

  /** Counts entries that were removed, and returns how many. */
  long removed(Event event, long entries) {
    parts.counters().count(event, entries);
    return entries;
  }

  /** What a look at every entry found, and what was revived before. */
  CheckReport report(CheckResult found) {
    KindStore store = store();
    List<String> revived = store.takeRescued().stream().map(Rescued::toString).toList();
    boolean isSoundNow =
        found.repaired() || (found.damaged() == 0 && found.problems().isEmpty());
    return new CheckReport(
        name,
        found.entries(),
        found.damaged(),
        Stream.concat(revived.stream(), found.problems().stream()).toList(),
        found.repaired() || (!revived.isEmpty() && isSoundNow),
        store.quarantined());
  }

  /** Has a look taken at a database that seems to be damaged. */
  StoreException failed(DiskException failure) {
    parts.store().suspect(failure);
    return new StoreException(failure);
  }

  Stats stats() {
    countCulledInBackground();
    return stats(event -> parts.counters().of(event), parts.counters().timeSaved());
  }

  /** The counts of all processes since the kind was made, as far as they were written. */
  Stats totals() {
    countCulledInBackground();
    parts.totals().flush();
    Map<String, Long> totals = store().totals();
    return stats(
        event -> totals.getOrDefault(Counters.nameOf(event), 0L), Counters.timeSavedIn(totals));
  }

  private void countCulledInBackground() {
    removed(Event.CULLED, parts.store().takeCulledInBackground());
  }

  private Stats stats(ToLongFunction<Event> of, Duration timeSaved) {
    KindStore.Size size = parts.closed().get() ? store().size() : parts.store().size();
    return new Stats(
        name,
        size.entries(),
        size.bytes(),
        profile.sizeLimit(),
        of.applyAsLong(Event.MEMORY_HIT),
        of.applyAsLong(Event.DISK_HIT),
        of.applyAsLong(Event.MISS_ABSENT),
        of.applyAsLong(Event.MISS_EXPIRED),
        of.applyAsLong(Event.MISS_DAMAGED),
        of.applyAsLong(Event.MISS_UNAVAILABLE),
        of.applyAsLong(Event.MISS_OTHER_KEY),
        of.applyAsLong(Event.COMPUTATION),
        of.applyAsLong(Event.STORE),
        of.applyAsLong(Event.REFUSED_TOO_LARGE),
        of.applyAsLong(Event.REFUSED_NO_ROOM),
        of.applyAsLong(Event.REFUSED_EVICTED),
        of.applyAsLong(Event.REFUSED_PRESENT),
        of.applyAsLong(Event.REFUSED_LEASE_LOST),
        of.applyAsLong(Event.REFUSED_UNREADABLE),
        of.applyAsLong(Event.REFUSED_FILE_CHANGED),
        of.applyAsLong(Event.REFUSED_UNAVAILABLE),
        of.applyAsLong(Event.UNCACHED),
        of.applyAsLong(Event.WAIT),
        of.applyAsLong(Event.ALONE),
        of.applyAsLong(Event.REFRESH),
        of.applyAsLong(Event.REFRESH_FAILED),
        of.applyAsLong(Event.REFRESH_DROPPED),
        of.applyAsLong(Event.STALE_WHILE_REFRESHING),
        of.applyAsLong(Event.STALE_IF_ERROR),
        of.applyAsLong(Event.EVICTED),
        of.applyAsLong(Event.EXPIRED),
        of.applyAsLong(Event.CULLED),
        health(),
        timeSaved);
  }

  private StoreHealth health() {
    Condition now = disk.breaker().condition();
    return new StoreHealth(
        StoreHealth.State.valueOf(now.level().name()),
        now.reason(),
        now.since(),
        now.failures(),
        now.changes());
  }

  /**
   * Waits for a disk that does not answer for twice the timeout at most, or for ten seconds if it has
   * answered until now: what SQLite has to write when the last connection is closed is more than a call.
   */
  @Override
  public void close() {
    boolean isWritten = false;
    try {
      countCulledInBackground();
      parts.totals().flush();
      isWritten = parts.store().isEnded(profile.timeout());
      if (!isWritten) {
        LOG.warn("kind {}: not everything is written that was to be stored", name);
      }
    } finally {
      if (!disk.isClosedWithin(longestClosing(isWritten), isWritten)) {
        LOG.warn(
            "kind {}: its files are closed when the disk answers, or by the end of the JVM", name);
      }
    }
  }

  private Duration longestClosing(boolean isWritten) {
    Duration timeout = profile.timeout();
    boolean isAnswering = isWritten && !disk.isLate();
    return isAnswering && timeout.compareTo(DiskMemo.LONGEST_CLOSING) < 0
        ? DiskMemo.LONGEST_CLOSING
        : timeout;
  }

  /** Ends when nothing of it is open any more, which may be after it is closed; it never fails. */
  CompletableFuture<@Nullable Void> gone() {
    return disk.gone();
  }
}
