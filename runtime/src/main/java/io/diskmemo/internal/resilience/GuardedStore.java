package io.diskmemo.internal.resilience;

import static java.util.Objects.requireNonNull;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.DiskPatience;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store as calls of wrappers see it: its failures are misses, and no call waits for a disk that does
 * not answer. Thread-safe.
 *
 * <p>Reads are made by the caller's thread, which costs nothing. As soon as one has taken longer than a
 * caller should wait, others go on without the disk until it has ended; those that were under way
 * then, of which there are at most as many as connections, are held. Writes, which are what a disk
 * answers late, are handed to threads of the kind, and waited for only so long. What is still to be
 * written then may be written later. The wait for locks of other processes is not the disk's, and is
 * bounded by the kind's timeout.
 */
public final class GuardedStore {
  /** A disk that does not write so much in a second does not answer. */
  private static final long SLOWEST_BYTES_PER_SECOND = 10_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String kind;
  private final KindDisk disk;
  private final Handover handover;

  /**
   * Guards a disk.
   *
   * @param kind its name, for the log
   * @param disk to guard
   * @param timeout for which a write waits for a thread at most
   */
  public GuardedStore(String kind, KindDisk disk, Duration timeout) {
    this.kind = kind;
    this.disk = disk;
    this.handover = new Handover(kind, timeout);
    disk.breaker().listen(new ConditionLog(kind));
  }

  /**
   * Whether calls do without the disk, and without whatever else is on it.
   *
   * @return false while it can at least be read
   */
  public boolean isAway() {
    return disk.forReads() == null;
  }

  /**
   * Whether results that are computed now cannot be stored, so that memory alone has them.
   *
   * @return false while all is well
   */
  public boolean isUnstorable() {
    return disk.forWrites() == null;
  }

  /**
   * Waits until everything is written that was handed over.
   *
   * @param longest wait
   * @return false if it is not written in time
   */
  public boolean isEnded(Duration longest) {
    return handover.isEnded(longest.toNanos());
  }

  /**
   * The counters of the store.
   *
   * @param key of an entry
   * @return they need no guard, being in memory
   */
  public Coherence coherence(Key key) {
    return disk.coherence(key);
  }

  /**
   * As {@link KindStore#noteUse}; a store that is opened later has to be told then.
   *
   * @param method that was bound
   */
  public void noteUse(MethodName method) {
    KindStore store = disk.forReads();
    if (store != null) {
      store.noteUse(method);
    }
  }

  /**
   * As {@link KindStore#takeCulledInBackground}.
   *
   * @return how many
   */
  public long takeCulledInBackground() {
    KindStore store = disk.forReads();
    return store == null ? 0 : store.takeCulledInBackground();
  }

  /**
   * As {@link KindStore#size}.
   *
   * @return zero if the disk cannot be asked
   */
  public KindStore.Size size() {
    return read(KindStore::size, new KindStore.Size(0, 0));
  }

  /**
   * As {@link KindStore#find}.
   *
   * @param key of the entry
   * @return the entry, or why there is none
   */
  public Lookup find(Key key) {
    return read(store -> store.find(key), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findLate}.
   *
   * @param key of the entry
   * @param mostMillis since it expired
   * @return the entry, or why there is none
   */
  public Lookup findLate(Key key, long mostMillis) {
    return read(store -> store.findLate(key, mostMillis), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findStreamed}.
   *
   * @param key of the entry
   * @return the entry, or why there is none
   */
  public Lookup findStreamed(Key key) {
    return read(store -> store.findStreamed(key), Lookup.Miss.UNAVAILABLE);
  }

  /**
   * As {@link KindStore#findAll}.
   *
   * @param keys of entries
   * @param mostBytes of all together
   * @return those that there are; none if the disk cannot be asked
   */
  public Map<Key, StoredEntry> findAll(Collection<Key> keys, long mostBytes) {
    return read(store -> store.findAll(keys, mostBytes), Map.of());
  }

  /**
   * As {@link KindStore#stampOf}.
   *
   * @param key of the entry
   * @param identity that it had
   * @return {@link KindStore#GONE} also if the disk cannot be asked
   */
  public long stampOf(Key key, RowIdentity identity) {
    return read(store -> store.stampOf(key, identity), KindStore.GONE);
  }

  /**
   * As {@link KindStore#remove}; what cannot be removed stays, and is computed again.
   *
   * @param key of the entry
   * @param identity that it had
   */
  public void discard(Key key, RowIdentity identity) {
    write(
        store -> {
          store.remove(key, identity);
          return true;
        },
        false,
        0);
  }

  /**
   * As {@link KindStore#isEvicted}.
   *
   * @param entry not yet stored
   * @return true also if the disk cannot be asked
   */
  public boolean isEvicted(NewEntry entry) {
    return read(store -> store.isEvicted(entry), true);
  }

  /**
   * As {@link KindStore#sequence}.
   *
   * @param key of what is computed
   * @return empty if the disk cannot be asked; then nothing can be stored
   */
  public OptionalLong sequence(Key key) {
    return read(store -> OptionalLong.of(store.sequence(key)), OptionalLong.empty());
  }

  /**
   * As {@link KindStore#store} for one entry.
   *
   * @param entry to store
   * @param late takes what became of it if that is known later than the caller can wait; called by
   *     another thread
   * @return empty if the disk failed, or has not answered yet
   */
  public Optional<Stored> store(NewEntry entry, Consumer<Stored> late) {
    LateRight right = new LateRight(entry.right(), disk.nowMillis());
    NewEntry handedOver = entry.with(right);
    Delivery<Optional<Stored>> delivery = new Delivery<>(Optional.empty());
    write(
        store -> Optional.of(store.store(handedOver)),
        entry.sizeBytes(),
        delivery,
        stored -> stored.ifPresent(late));
    if (!delivery.isThere()) {
      right.release();
    }
    return delivery.orElse();
  }

  /**
   * As {@link KindStore#storeAllOrNone}, unguarded: for somebody who asked for it and must know.
   *
   * @param entries to store
   * @return what became of each
   * @throws DiskException if the disk failed
   */
  public List<Stored> storeAllOrNone(List<NewEntry> entries) {
    return disk.require().storeAllOrNone(entries);
  }

  /**
   * As {@link KindStore#addTotals}, of what was counted by the time it is written: what waits for the
   * disk, or is given up, is taken by whoever writes next.
   *
   * @param increments to add
   */
  public void addTotals(Increments increments) {
    write(
        store -> {
          addTotals(store, increments);
          return true;
        },
        false,
        0);
  }

  /** How it ended is known here alone: who waited for it may have gone on. */
  private static void addTotals(KindStore store, Increments increments) {
    Map<String, Long> taken = increments.take();
    try {
      if (!taken.isEmpty()) {
        store.addTotals(taken);
      }
    } catch (RuntimeException | Error e) {
      increments.giveBack(taken);
      throw e;
    }
  }

  /**
   * As {@link KindStore#noteAccesses}.
   *
   * @param key of the entry
   * @param identity that it had
   * @param times how often it was read
   */
  public void noteAccesses(Key key, RowIdentity identity, int times) {
    KindStore store = disk.forReads();
    if (store != null) {
      store.noteAccesses(key, identity, times);
    }
  }

  /** As {@link KindStore#flushAccesses}; what cannot be written is kept for the next time. */
  public void flushAccesses() {
    write(
        store -> {
          store.flushAccesses();
          return true;
        },
        false,
        0);
  }

  /**
   * As {@link KindStore#noteSettings}; a tool that misses them goes by the defaults.
   *
   * @param settings by name
   */
  public void noteSettings(Map<String, String> settings) {
    write(
        store -> {
          store.noteSettings(settings);
          return true;
        },
        false,
        0);
  }

  /**
   * Takes note of a failure of something that was asked for by name.
   *
   * @param failure of the store; one that does not point to damage is nothing to calls
   */
  public void suspect(DiskException failure) {
    if (failure.pointsToDamage()) {
      disk.breaker().failed(Failure.of(failure, Failure.Operation.READ));
    }
  }

  private <T> T read(Function<KindStore, T> operation, T otherwise) {
    KindStore store = disk.forReads();
    if (store == null) {
      return otherwise;
    }
    Underway reads = disk.reads();
    int place = reads.begin(System.nanoTime());
    try {
      T value = operation.apply(store);
      disk.breaker().succeeded(Failure.Operation.READ);
      return value;
    } catch (RuntimeException | Error e) {
      return failed(e, Failure.Operation.READ, otherwise);
    } finally {
      reads.end(place);
    }
  }

  private <T> T write(Function<KindStore, T> operation, T otherwise, long bytes) {
    Delivery<T> delivery = new Delivery<>(otherwise);
    write(operation, bytes, delivery, result -> {});
    return delivery.orElse();
  }

  private <T> void write(
      Function<KindStore, T> operation, long bytes, Delivery<T> delivery, Consumer<T> late) {
    KindStore store = disk.forWrites();
    if (store == null) {
      return;
    }
    long began = System.nanoTime() + bytes * (NANOS_PER_SECOND / SLOWEST_BYTES_PER_SECOND);
    handover.await(
        new Write<>(store, operation, delivery, began),
        delivery::isWaitedFor,
        began + DiskPatience.NANOS - System.nanoTime(),
        () -> disk.isInVain(System.nanoTime() - began));
    delivery.giveUp(late);
  }

  /**
   * A write of another thread, which holds nothing of what it wrote when it tells of its end: the memory
   * may be what the caller's next call needs.
   */
  private final class Write<T> implements Runnable {
    private final KindStore store;
    private final AtomicReference<@Nullable Function<KindStore, T>> operation;
    private final Delivery<T> delivery;
    private final long beganNanos;

    Write(
        KindStore store, Function<KindStore, T> operation, Delivery<T> delivery, long beganNanos) {
      this.store = store;
      this.operation = new AtomicReference<>(operation);
      this.delivery = delivery;
      this.beganNanos = beganNanos;
    }

    @Override
    public void run() {
      delivery.bring(written(requireNonNull(operation.getAndSet(null))));
    }

    private T written(Function<KindStore, T> once) {
      Underway writes = disk.writes();
      int place = writes.begin(beganNanos);
      try {
        T value = once.apply(store);
        disk.breaker().succeeded(Failure.Operation.WRITE);
        return value;
      } catch (RuntimeException | Error e) {
        return failed(e, Failure.Operation.WRITE, delivery.otherwise());
      } finally {
        writes.end(place);
      }
    }
  }

  private <T> T failed(Throwable thrown, Failure.Operation operation, T otherwise) {
    ConditionLog.LOG.debug("kind {}: a result goes without the disk", kind, thrown);
    disk.breaker().failed(Failure.of(thrown, operation));
    return otherwise;
  }
}
