package io.diskmemo.internal.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.resilience.GuardedStore;
import java.lang.ref.SoftReference;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Results of one kind in memory, bounded by the size of their encodings. Thread-safe.
 *
 * <p>A hit is valid while the entry's stamp equals the coherence counter, which costs one volatile
 * read. When it does not, some process evicted or replaced something since: then the entry's row is
 * looked up once, and the entry is stamped anew or forgotten.
 *
 * <p>Entries are found by the arguments themselves or by a {@link LocalKey}; a method uses one of the
 * two throughout.
 *
 * <p>All of it is held softly: the collector frees it before anybody runs out of memory, and it begins
 * anew. Nobody finds two of them, as one that somebody uses is not freed.
 */
public final class MemoryTier {
  /** What an entry takes in memory beside its value, roughly, with arguments that are kept. */
  private static final int OVERHEAD_BYTES = 500;

  private final long limitBytes;
  private final AtomicLong clearings = new AtomicLong();
  private final GuardedStore store;
  private final boolean countsAccesses;
  private final InstantSource clock;
  private volatile SoftReference<Cache<Object, Remembered<?>>> held; // written under this
  private int times = 1; // guarded by this

  /**
   * An empty tier.
   *
   * @param limitBytes of all entries together
   * @param store that entries are checked against
   * @param countsAccesses whether the store wants to know what is read here
   * @param clock for expiry
   */
  public MemoryTier(
      long limitBytes, GuardedStore store, boolean countsAccesses, InstantSource clock) {
    this.limitBytes = limitBytes;
    this.store = store;
    this.countsAccesses = countsAccesses;
    this.clock = clock;
    this.held = new SoftReference<>(made());
  }

  /**
   * How much it holds at most.
   *
   * @return bytes of all entries together
   */
  public long limitBytes() {
    return limitBytes;
  }

  /**
   * Lets it hold more or less than {@link #limitBytes()}, from now on.
   *
   * @param times that limit; positive
   */
  public synchronized void resize(int times) {
    this.times = times;
    cache().policy().eviction().ifPresent(eviction -> eviction.setMaximum(maximum()));
  }

  private synchronized long maximum() {
    return limitBytes > Long.MAX_VALUE / times ? Long.MAX_VALUE : limitBytes * times;
  }

  /**
   * How often it was cleared. What is computed while the disk is away is kept only if that is the same
   * as before.
   *
   * @return grows
   */
  public long clearings() {
    return clearings.get();
  }

  /** Forgets everything, because nobody can tell what of it is true. */
  public void clear() {
    clearings.incrementAndGet(); // first, so that what is kept meanwhile is cleared or not kept
    cache().invalidateAll();
  }

  /**
   * Keeps what is not on disk, as long as nothing at all is evicted or replaced.
   *
   * @param lookupKey arguments or {@link LocalKey}
   * @param entry just computed
   * @param clearingsBefore what {@link #clearings} was before that
   */
  public void keepUnstored(Object lookupKey, Remembered<?> entry, long clearingsBefore) {
    keep(lookupKey, entry);
    if (clearings() != clearingsBefore) {
      cache().asMap().remove(lookupKey, entry);
    }
  }

  /** That which others use too, for as long as they do. */
  private Cache<Object, Remembered<?>> cache() {
    Cache<Object, Remembered<?>> present = held.get();
    return present == null ? madeAgain() : present;
  }

  private synchronized Cache<Object, Remembered<?>> madeAgain() {
    Cache<Object, Remembered<?>> present = held.get();
    if (present == null) {
      present = made();
      held = new SoftReference<>(present);
    }
    return present;
  }

  private Cache<Object, Remembered<?>> made() {
    Caffeine<Object, Remembered<?>> builder = Caffeine.newBuilder()
        .maximumWeight(maximum())
        .weigher((Object key, Remembered<?> entry) -> weight(entry))
        .executor(Runnable::run);
    return countsAccesses
        ? builder.evictionListener((key, entry, cause) -> tellAccesses(entry)).build()
        : builder.build();
  }

  private void tellAccesses(@Nullable Remembered<?> entry) {
    int accesses = entry == null ? 0 : entry.takeAccesses();
    if (entry != null && accesses > 0) {
      store.noteAccesses(entry.key(), entry.identity(), accesses);
    }
  }

  /** Tells the store what was read here since the last time. */
  public void tellAccesses() {
    if (countsAccesses) {
      cache().asMap().values().forEach(this::tellAccesses);
    }
  }

  private static int weight(Remembered<?> entry) {
    return (int) Math.min(Integer.MAX_VALUE, (long) entry.sizeBytes() + OVERHEAD_BYTES);
  }

  /**
   * The entry under a key, if it is still true.
   *
   * @param lookupKey arguments or {@link LocalKey}
   * @return the entry, or null
   */
  public @Nullable Remembered<?> find(Object lookupKey) {
    Remembered<?> entry = cache().getIfPresent(lookupKey);
    if (entry == null) {
      return null;
    }
    if (isTrue(entry)) {
      if (countsAccesses) {
        entry.noteAccess();
      }
      return entry;
    }
    cache().asMap().remove(lookupKey, entry);
    return null;
  }

  private boolean isTrue(Remembered<?> entry) {
    if (entry.expiresMillis() != StoredEntry.NEVER && entry.expiresMillis() <= clock.millis()) {
      return false;
    }
    return entry.isUntouched() || isOnDisk(entry);
  }

  private boolean isOnDisk(Remembered<?> entry) {
    long stamp = store.stampOf(entry.key(), entry.identity());
    if (stamp != KindStore.GONE && stamp != Coherence.UNSTABLE) {
      entry.stamp(stamp);
    }
    return stamp != KindStore.GONE;
  }

  /**
   * Keeps an entry that has a stamp; one without is not kept. Where there is room for nothing, the
   * cache would take each entry in and throw it out again.
   *
   * @param lookupKey arguments or {@link LocalKey}
   * @param entry just read or stored
   */
  public void keep(Object lookupKey, Remembered<?> entry) {
    if (limitBytes > 0 && entry.stamp() != Coherence.UNSTABLE) {
      cache().put(lookupKey, entry);
    }
  }
}
