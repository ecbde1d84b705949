package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store as calls of wrappers see it: its failures are misses. The first after
 * a success is logged, as is the first success after a failure; reads and writes apart, because a
 * full disk can still be read. A value for which there is not enough memory, or that is too large for a
 * row, is a miss and no failure. Thread-safe.
 */
public final class GuardedStore {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final String kind;
  private final KindStore store;
  private final DamagedKind damaged;
  private final AtomicBoolean readsFail = new AtomicBoolean();
  private final AtomicBoolean writesFail = new AtomicBoolean();

  /**
   * Guards a store.
   *
   * @param kind its name, for the log
   * @param store to guard
   */
  public GuardedStore(String kind, KindStore store) {
    this.kind = kind;
    this.store = store;
    this.damaged = new DamagedKind(kind, store, System::nanoTime);
  }

  /**
   * The counters of the store.
   *
   * @param key of an entry
   * @return they need no guard, being in memory
   */
  public Coherence coherence(Key key) {
    return store.coherence(key);
  }

  /**
   * As {@link KindStore#find}.
   *
   * @param key of the entry
   * @return the entry, or why there is none
   */
  public Lookup find(Key key) {
    return guarded(readsFail, () -> store.find(key), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findLate}.
   *
   * @param key of the entry
   * @param mostMillis since it expired
   * @return the entry, or why there is none
   */
  public Lookup findLate(Key key, long mostMillis) {
    return guarded(readsFail, () -> store.findLate(key, mostMillis), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findStreamed}.
   *
   * @param key of the entry
   * @return the entry, or why there is none
   */
  public Lookup findStreamed(Key key) {
    return guarded(readsFail, () -> store.findStreamed(key), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findAll}.
   *
   * @param keys of entries
   * @param mostBytes of all together
   * @return those that there are; none if the disk cannot be asked
   */
  public Map<Key, StoredEntry> findAll(Collection<Key> keys, long mostBytes) {
    return guarded(readsFail, () -> store.findAll(keys, mostBytes), Map.of());
  }

  /**
   * As {@link KindStore#stampOf}.
   *
   * @param key of the entry
   * @param identity that it had
   * @return {@link KindStore#GONE} also if the disk cannot be asked
   */
  public long stampOf(Key key, RowIdentity identity) {
    return guarded(readsFail, () -> store.stampOf(key, identity), KindStore.GONE);
  }

  /**
   * As {@link KindStore#remove}; what cannot be removed stays, and is computed again.
   *
   * @param key of the entry
   * @param identity that it had
   */
  public void discard(Key key, RowIdentity identity) {
    guarded(
        writesFail,
        () -> {
          store.remove(key, identity);
          return true;
        },
        false);
  }

  /**
   * As {@link KindStore#isEvicted}.
   *
   * @param entry not yet stored
   * @return true also if the disk cannot be asked
   */
  public boolean isEvicted(NewEntry entry) {
    return guarded(readsFail, () -> store.isEvicted(entry), true);
  }

  /**
   * As {@link KindStore#sequence}.
   *
   * @param key of what is computed
   * @return empty if the disk cannot be asked; then nothing can be stored
   */
  public OptionalLong sequence(Key key) {
    return guarded(readsFail, () -> OptionalLong.of(store.sequence(key)), OptionalLong.empty());
  }

  /**
   * As {@link KindStore#store} for one entry.
   *
   * @param entry to store
   * @return empty if the disk failed
   */
  public Optional<Stored> store(NewEntry entry) {
    return guarded(writesFail, () -> Optional.of(store.store(entry)), Optional.empty());
  }

  /**
   * As {@link KindStore#storeAllOrNone}, unguarded: for somebody who asked for it and must know.
   *
   * @param entries to store
   * @return what became of each
   * @throws DiskException if the disk failed
   */
  public List<Stored> storeAllOrNone(List<NewEntry> entries) {
    return store.storeAllOrNone(entries);
  }

  /**
   * As {@link KindStore#addTotals}.
   *
   * @param increments by name
   * @return false if they could not be added
   */
  public boolean addTotals(Map<String, Long> increments) {
    return guarded(
        writesFail,
        () -> {
          store.addTotals(increments);
          return true;
        },
        false);
  }

  /**
   * As {@link KindStore#noteAccesses}.
   *
   * @param key of the entry
   * @param identity that it had
   * @param times how often it was read
   */
  public void noteAccesses(Key key, RowIdentity identity, int times) {
    store.noteAccesses(key, identity, times);
  }

  /** As {@link KindStore#flushAccesses}; what cannot be written is kept for the next time. */
  public void flushAccesses() {
    guarded(
        writesFail,
        () -> {
          store.flushAccesses();
          return true;
        },
        false);
  }

  /**
   * As {@link KindStore#noteSettings}; a tool that misses them goes by the defaults.
   *
   * @param settings by name
   */
  public void noteSettings(Map<String, String> settings) {
    guarded(
        writesFail,
        () -> {
          store.noteSettings(settings);
          return true;
        },
        false);
  }

  /**
   * Takes note of a failure that was not guarded; see {@link DamagedKind#suspect}.
   *
   * @param failure of the store
   */
  public void suspect(DiskException failure) {
    damaged.suspect(failure);
  }

  private <T> T guarded(AtomicBoolean failing, Supplier<T> operation, T otherwise) {
    try {
      T value = operation.get();
      if (failing.getPlain() && failing.compareAndSet(true, false)) {
        LOG.info("kind {}: the disk answers again", kind);
      }
      return value;
    } catch (OutOfMemoryError | StackOverflowError e) {
      LOG.debug("kind {}: a result goes without the disk", kind, e);
      return otherwise;
    } catch (DiskException e) {
      return e.isTooLarge() ? tooLarge(e, otherwise) : failed(failing, e, otherwise);
    } catch (RuntimeException e) { // of the driver beneath
      return failed(failing, e, otherwise);
    }
  }

  private <T> T tooLarge(DiskException e, T otherwise) {
    LOG.debug("kind {}: a result goes without the disk", kind, e);
    return otherwise;
  }

  private <T> T failed(AtomicBoolean failing, RuntimeException e, T otherwise) {
    damaged.suspect(e);
    if (failing.compareAndSet(false, true)) {
      LOG.warn("kind {}: results are computed without the disk, which fails", kind, e);
    }
    return otherwise;
  }
}
