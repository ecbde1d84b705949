package io.diskmemo.internal.call;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.internal.memory.Result;
import io.diskmemo.internal.value.PlainValues;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Entries that are put and read by hand. Unlike results of methods they may change, so that each
 * change takes effect in all processes at once. Thread-safe. Failures of the disk are {@link
 * io.diskmemo.internal.disk.DiskException}s.
 */
public final class HandMade {
  private static final PlainValues ANYTHING = new PlainValues(Object.class);

  private final KindParts kind;
  private final Supplier<KindStore> store;

  /**
   * Entries of a kind.
   *
   * @param kind its parts
   * @param store that is not guarded, because whoever asks by name must know of failures
   */
  public HandMade(KindParts kind, Supplier<KindStore> store) {
    this.kind = kind;
    this.store = store;
  }

  /**
   * The value under a key.
   *
   * @param key of the entry
   * @param codec of its type
   * @return empty if there is none
   */
  public Optional<Object> get(Key key, PlainValues codec) {
    LocalKey local = local(key);
    Result<?> batched = kind.batches().find(kind, local);
    if (batched != null) {
      kind.counters().count(Event.MEMORY_HIT);
      return decoded(((Result.Copied<?>) batched).bytes(), codec);
    }
    if (kind.batches().removes(kind, local)) {
      kind.counters().miss(Lookup.Miss.ABSENT);
      return Optional.empty();
    }
    Remembered<?> remembered = kind.isClosed() ? null : kind.memory().find(local);
    if (remembered != null) {
      kind.counters().memoryHit(remembered.costNanos());
      return decoded(((Result.Copied<?>) remembered.result()).bytes(), codec);
    }
    Lookup found = store.get().find(key);
    if (found instanceof StoredEntry entry) {
      kind.counters().diskHit(entry.costNanos());
      kind.memory().keep(local, remembered(key, entry));
      return decoded(entry.value(), codec);
    }
    kind.counters().miss((Lookup.Miss) found);
    return Optional.empty();
  }

  /**
   * The values under several keys, of which the disk is asked with few queries.
   *
   * @param keys of entries
   * @param codec of their type
   * @return those that there are
   */
  public Map<Key, Object> getAll(Collection<Key> keys, PlainValues codec) {
    Map<Key, Object> found = new HashMap<>();
    Set<Key> unknown = new HashSet<>();
    for (Key key : keys) {
      boolean known = isInBatch(key)
          || kind.batches().removes(kind, local(key))
          || (!kind.isClosed() && kind.memory().find(local(key)) != null);
      if (!known) {
        unknown.add(key);
      }
    }
    store.get().findAll(unknown, Long.MAX_VALUE).forEach((key, entry) -> {
      kind.counters().diskHit(entry.costNanos());
      kind.memory().keep(local(key), remembered(key, entry));
      decoded(entry.value(), codec).ifPresent(value -> found.put(key, value));
    });
    for (Key key : keys) {
      if (!unknown.contains(key)) {
        get(key, codec).ifPresent(value -> found.put(key, value));
      }
    }
    return found;
  }

  /**
   * Whether a key is that of an entry which was put by hand, if only in the open batch.
   *
   * @param key that anybody gave
   * @return true if there is such an entry
   */
  public boolean isByHand(Key key) {
    return isInBatch(key) || store.get().isByHand(key);
  }

  private boolean isInBatch(Key key) {
    return kind.batches().find(kind, local(key)) != null;
  }

  private Remembered<?> remembered(Key key, StoredEntry entry) {
    return new Remembered<>(
        key,
        entry.identity(),
        kind.store().coherence(key),
        entry.stamp(),
        entry.expiresMillis(),
        entry.costNanos(),
        new Result.Copied<>(entry.value(), ANYTHING));
  }

  private static LocalKey local(Key key) {
    return new LocalKey(PlainValues.class, key);
  }

  private static Optional<Object> decoded(byte[] bytes, PlainValues codec) {
    try {
      return Optional.of(Result.decode(bytes, codec));
    } catch (ClassCastException | CorruptValueException e) {
      throw e;
    } catch (RuntimeException e) { // such as a zone or an address that this JDK does not know
      CorruptValueException corrupt = new CorruptValueException("what is stored is no value: " + e);
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  /**
   * Stores a value, in place of any other, at once or with the open batch. One that is too large
   * leaves the key without a value.
   *
   * @param key of the entry
   * @param value to store
   * @param timeToLive empty for ever
   * @param tags by which it can be evicted
   * @return whether it was stored, or will be with the batch
   */
  public boolean put(Key key, Object value, Optional<Duration> timeToLive, List<String> tags) {
    NewEntry entry = entry(key, value, timeToLive, tags, NewEntry.Mode.REPLACE);
    BatchBuffer batch = kind.batches().ofThisThread();
    if (batch == null) {
      return stored(entry);
    }
    boolean tooLarge = isTooLarge(entry);
    batch.add(kind, local(key), pending(tooLarge ? entry.removal() : entry));
    return !tooLarge;
  }

  private Pending pending(NewEntry entry) {
    Key key = entry.key();
    KindStore opened = store.get();
    Coherence coherence = opened.coherence(key);
    Coherence.Origin origin = coherence.origin(); // before the number
    long stamp = coherence.stamp();
    return new Pending(entry.since(opened.sequence(key), origin), local(key), copied(entry), stamp);
  }

  /**
   * Stores several values in place of any others, in one transaction for each database, or with the
   * open batch.
   *
   * @param values by their keys
   * @param timeToLive empty for ever
   * @param tags by which they can be evicted
   * @throws IllegalArgumentException if one is too large; then none is stored, nor in the batch
   */
  public void putAll(Map<Key, ?> values, Optional<Duration> timeToLive, List<String> tags) {
    List<NewEntry> entries = new ArrayList<>(values.size());
    values.forEach((key, value) -> entries.add(fitting(key, value, timeToLive, tags)));
    BatchBuffer batch = kind.batches().ofThisThread();
    if (batch == null) {
      storeAll(entries);
    } else {
      List<Pending> pending = entries.stream().map(this::pending).toList();
      pending.forEach(one -> batch.add(kind, local(one.entry().key()), one));
    }
  }

  private NewEntry fitting(
      Key key, Object value, Optional<Duration> timeToLive, List<String> tags) {
    NewEntry entry = entry(key, value, timeToLive, tags, NewEntry.Mode.REPLACE);
    if (isTooLarge(entry)) {
      throw new IllegalArgumentException("a value of " + entry.value().sizeBytes()
          + " bytes is larger than maxEntrySize, which is " + kind.maxEntryBytes()
          + "; none is stored");
    }
    return entry;
  }

  private void storeAll(List<NewEntry> entries) {
    List<Stored> stored = store.get().storeAllOrNone(entries);
    for (int i = 0; i < entries.size(); i++) {
      NewEntry entry = entries.get(i);
      Result<?> result = copied(entry);
      Accounting.of(
          kind,
          stored.get(i),
          new Pending(entry, local(entry.key()), result, stored.get(i).stamp()));
    }
  }

  /**
   * Stores a value unless there is one.
   *
   * @param key of the entry
   * @param value to store
   * @param timeToLive empty for ever
   * @return whether it was stored
   */
  public boolean add(Key key, Object value, Optional<Duration> timeToLive) {
    refuseInBatch("add");
    return stored(entry(key, value, timeToLive, List.of(), NewEntry.Mode.ADD));
  }

  /**
   * Whether what this thread puts waits for the commit of a batch.
   *
   * @return true if it has one open
   */
  public boolean isInBatch() {
    return kind.batches().ofThisThread() != null;
  }

  /**
   * Evicts an entry when the open batch of this thread is committed.
   *
   * @param key of an entry that was put by hand, or will be by the batch
   * @return whether there is one until then
   */
  public boolean deleteInBatch(Key key) {
    boolean isThere = contains(key);
    Objects.requireNonNull(kind.batches().ofThisThread(), "batch")
        .add(kind, local(key), pending(NewEntry.removal(key, MethodName.BY_HAND)));
    return isThere;
  }

  private boolean stored(NewEntry entry) {
    boolean tooLarge = isTooLarge(entry);
    if (tooLarge && entry.mode() == NewEntry.Mode.ADD) {
      return false;
    }
    NewEntry taken = tooLarge ? entry.removal() : entry; // as where there is no room
    Stored stored = store.get().store(taken);
    Result<?> result = copied(taken);
    Accounting.of(kind, stored, new Pending(taken, local(taken.key()), result, stored.stamp()));
    return stored.outcome() == Stored.Outcome.STORED;
  }

  private static Result<?> copied(NewEntry entry) {
    if (entry.value() instanceof Content.Bytes value) {
      return new Result.Copied<>(value.bytes(), ANYTHING);
    }
    throw new IllegalStateException("what is put by hand is in memory");
  }

  private void refuseInBatch(String operation) {
    if (isInBatch()) {
      throw new IllegalStateException(operation
          + " takes effect in all processes at once, and cannot wait for a batch to be committed;"
          + " do it before the batch is opened or after it is closed");
    }
  }

  private boolean isTooLarge(NewEntry entry) {
    boolean tooLarge = entry.value().sizeBytes() > kind.maxEntryBytes();
    if (tooLarge) {
      kind.counters().count(Event.REFUSED_TOO_LARGE);
    }
    return tooLarge;
  }

  /**
   * Whether there is an entry that has not expired.
   *
   * @param key of the entry
   * @return true if there is
   */
  public boolean contains(Key key) {
    return isInBatch(key)
        || (!kind.batches().removes(kind, local(key))
            && store.get().find(key) instanceof StoredEntry);
  }

  /**
   * Gives an entry another time to live.
   *
   * @param key of the entry
   * @param timeToLive from now on
   * @return whether there is such an entry
   */
  public boolean touch(Key key, Duration timeToLive) {
    refuseInBatch("touch");
    return store
        .get()
        .touch(key, new Expiry(Optional.of(timeToLive)).from(kind.clock().millis()));
  }

  /**
   * Removes an entry and returns its value.
   *
   * @param key of the entry
   * @param codec of its type
   * @return empty if there is none
   */
  public Optional<Object> pop(Key key, PlainValues codec) {
    refuseInBatch("pop");
    Lookup found = store.get().find(key);
    while (found instanceof StoredEntry entry) {
      Optional<Object> value = decoded(entry.value(), codec); // may run a class of the user's
      if (store.get().remove(key, entry.identity())) {
        kind.counters().diskHit(entry.costNanos());
        return value;
      }
      found = store.get().find(key);
    }
    kind.counters().miss((Lookup.Miss) found);
    return Optional.empty();
  }

  /**
   * Adds to a number.
   *
   * @param key of the entry
   * @param delta to add
   * @param timeToLive of a new entry; one that is there keeps its own, and its tags
   * @return the sum
   */
  public long increment(Key key, long delta, Optional<Duration> timeToLive) {
    refuseInBatch("increment");
    return updated(key, present -> {
      long sum = Math.addExact(number(present), delta);
      NewEntry entry = entry(key, sum, timeToLive, List.of(), NewEntry.Mode.REPLACE);
      return new KindStore.Replacement<>(
          present instanceof StoredEntry old ? entry.until(old.expiresMillis()) : entry, sum);
    });
  }

  private <T> T updated(Key key, KindStore.Decision<T> decision) {
    KindStore.Updated<T> updated = store.get().update(key, decision);
    kind.counters().count(Event.STORE);
    kind.counters().count(Event.CULLED, updated.culled());
    return updated.result();
  }

  private static long number(Lookup present) {
    if (!(present instanceof StoredEntry entry)) {
      return 0;
    }
    Object value = decoded(entry.value(), ANYTHING).orElseThrow();
    if (!(value instanceof Long number)) {
      throw new ClassCastException("the entry holds no Long; put one, or use another key");
    }
    return number;
  }

  private NewEntry entry(
      Key key, Object value, Optional<Duration> timeToLive, List<String> tags, NewEntry.Mode mode) {
    return new NewEntry(
        key,
        MethodName.BY_HAND,
        tags,
        new Expiry(timeToLive).from(kind.clock().millis()),
        0,
        encoded(Objects.requireNonNull(value, "value"), ANYTHING),
        mode,
        NewEntry.NOW);
  }

  private static byte[] encoded(Object value, Codec<Object> codec) {
    ValueWriter writer = new ValueWriter();
    codec.write(writer, value);
    return writer.toBytes();
  }
}
