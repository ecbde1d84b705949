package io.diskmemo;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.HandMade;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.internal.value.PlainValues;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One kind: to evict from, to look at, and to use by hand. Thread-safe; shared by all processes.
 *
 * <pre>{@code
 * KindCache cache = memo.kind("sessions");
 * cache.put("session:1", "alice", Duration.ofHours(1), "user:alice");
 * cache.get("session:1", String.class);
 * cache.evictTag("user:alice");
 * }</pre>
 *
 * <p>A key is a string, number, boolean, character, enum, {@code byte[]}, UUID, URI, path or value of
 * {@code java.time}, a list of these, or a {@link Key} from {@link #keys}. A value is one of these, a
 * list, set or map of such values other than enums, or of any other class that Jackson can write as JSON
 * and read back; paths among them are of the default file system. Keys of methods and keys of hand never
 * meet.
 *
 * <p>In a {@link Batch}, {@code put}, {@code putAll} and {@code delete} take effect with the commit, and
 * {@code get}, {@code getAll} and {@code contains} see what the batch holds. {@code add}, {@code touch},
 * {@code pop} and {@code increment} are refused with an {@link IllegalStateException}, because they act on
 * all processes at once. All other methods act at once, on what is committed. What {@code clear} and
 * {@code evictTag} evict is also left out of batches that are open; a {@code delete} elsewhere is not,
 * because what a batch puts comes after it.
 *
 * <p>Every method throws a {@link DiskMemoException} if the disk does not do what was asked, an {@link
 * IllegalArgumentException} for a key or value that has no encoding, a {@link NullPointerException} for
 * one that is null, and an {@link IllegalStateException} once the {@link DiskMemo} is closed. A value that
 * cannot be read any more, such as a time in a zone whose rules have changed since, is a {@link
 * io.diskmemo.codec.CorruptValueException}, and stays until it is deleted.
 */
public final class KindCache {
  private static final int PAGE = 1000;

  private final Kind kind;
  private final HandMade entries;
  private final Runnable requireOpen;

  /**
   * A kind.
   *
   * @param requireOpen throws an {@link IllegalStateException} once everything is closed
   */
  KindCache(Kind kind, Runnable requireOpen) {
    this.kind = kind;
    this.requireOpen = requireOpen;
    this.entries = new HandMade(kind.parts(), kind::store);
  }

  /**
   * The kind's name.
   *
   * @return as given
   */
  public String name() {
    return kind.name();
  }

  /**
   * The value under a key.
   *
   * @param key of the entry
   * @param type of the value
   * @param <V> type of the value
   * @return empty if there is no entry
   * @throws ClassCastException if the value is of another type
   */
  public <V> Optional<V> get(Object key, Class<V> type) {
    return explicit(
        () -> entries.get(byHand(key), new PlainValues(type)).map(PlainValues.boxed(type)::cast));
  }

  /**
   * Stores a value, in place of any other; it lives as long as the profile says.
   *
   * @param key of the entry
   * @param value to store
   * @return false if it is larger than an entry may be, or if there is no room; then the key has no
   *     value any more. In a batch, all of this is so when it is committed, and want of room is a
   *     failure of the commit
   */
  public boolean put(Object key, Object value) {
    return explicit(() -> entries.put(byHand(key), value, kind.profile().ttl(), List.of()));
  }

  /**
   * Stores a value, in place of any other.
   *
   * @param key of the entry
   * @param value to store
   * @param ttl positive
   * @param tags by which it can be evicted; not blank
   * @return false if it is larger than an entry may be, or if there is no room; then the key has no
   *     value any more. In a batch, all of this is so when it is committed, and want of room is a
   *     failure of the commit
   * @throws IllegalArgumentException if the time to live is not positive, or a tag is blank
   */
  public boolean put(Object key, Object value, Duration ttl, String... tags) {
    return explicit(() -> entries.put(byHand(key), value, Optional.of(positive(ttl)), named(tags)));
  }

  /**
   * The values under several keys. Much faster than one by one: the disk is asked for fifty at a time.
   *
   * @param keys of entries
   * @param type of the values
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return those that there are, in the order of the keys
   * @throws ClassCastException if a value is of another type
   */
  public <K, V> Map<K, V> getAll(Collection<K> keys, Class<V> type) {
    Class<V> boxed = PlainValues.boxed(type);
    Map<K, Key> digests = new LinkedHashMap<>();
    Map<Key, Object> found = explicit(() -> {
      keys.forEach(key -> digests.put(key, byHand(key)));
      return entries.getAll(Set.copyOf(digests.values()), new PlainValues(type));
    });
    Map<K, V> values = new LinkedHashMap<>();
    digests.forEach((key, digest) -> {
      Object value = found.get(digest);
      if (value != null) {
        values.put(key, boxed.cast(value));
      }
    });
    return values;
  }

  /**
   * Stores several values, in place of any others, in one transaction: all or none. A kind that is
   * spread over several databases has one for each, and a failure at a later one leaves the earlier.
   * In a batch, they are stored when it is committed.
   *
   * @param values by their keys
   * @param ttl positive
   * @param tags by which they can be evicted; not blank
   * @throws IllegalArgumentException if one is larger than an entry may be, the time to live is not
   *     positive, or a tag is blank; then none is stored, and the batch is as it was
   */
  public void putAll(Map<?, ?> values, Duration ttl, String... tags) {
    explicit(() -> {
      Map<Key, Object> byKey = new LinkedHashMap<>();
      values.forEach((key, value) -> byKey.put(byHand(key), value));
      entries.putAll(byKey, Optional.of(positive(ttl)), named(tags));
      return true;
    });
  }

  /**
   * Stores a value unless there is one already.
   *
   * @param key of the entry
   * @param value to store
   * @return whether it was stored
   */
  public boolean add(Object key, Object value) {
    return explicit(() -> entries.add(byHand(key), value, kind.profile().ttl()));
  }

  /**
   * Whether there is an entry.
   *
   * @param key of the entry
   * @return true if there is one that has not expired
   */
  public boolean contains(Object key) {
    return explicit(() -> entries.contains(keyOf(key)));
  }

  /**
   * Gives an entry another time to live, from now on.
   *
   * @param key of the entry
   * @param ttl positive
   * @return whether there is such an entry
   * @throws IllegalArgumentException if the time to live is not positive
   */
  public boolean touch(Object key, Duration ttl) {
    return explicit(() -> entries.touch(keyOf(key), positive(ttl)));
  }

  /**
   * Removes an entry and returns its value; of several callers in all processes, one gets it.
   *
   * @param key of the entry
   * @param type of the value
   * @param <V> type of the value
   * @return empty if there is no entry
   * @throws ClassCastException if the value is of another type; it stays
   */
  public <V> Optional<V> pop(Object key, Class<V> type) {
    return explicit(
        () -> entries.pop(byHand(key), new PlainValues(type)).map(PlainValues.boxed(type)::cast));
  }

  /**
   * Adds to a number, in one step for all processes. A key without an entry counts as 0.
   *
   * @param key of the entry
   * @param delta to add, possibly negative
   * @return the sum
   * @throws ClassCastException if the value is not a {@code Long}
   * @throws ArithmeticException if the sum is too large
   */
  public long increment(Object key, long delta) {
    return explicit(() -> entries.increment(byHand(key), delta, kind.profile().ttl()));
  }

  /**
   * Evicts an entry; one that was put by hand, with the batch, if this thread has one open.
   *
   * @param key of the entry
   * @return whether there was one
   */
  public boolean delete(Object key) {
    return explicit(() -> {
      Key found = keyOf(key);
      boolean isHash = key instanceof Key;
      boolean waits = entries.isInBatch() && (!isHash || entries.isByHand(found));
      return waits
          ? entries.deleteInBatch(found)
          : kind.evict(found, isHash ? null : MethodName.BY_HAND);
    });
  }

  /**
   * Evicts everything, results of methods too. It takes as long for many entries as for few: the
   * files of the old ones are deleted afterwards.
   *
   * @return how many entries there were
   */
  public long clear() {
    return evict(EntryFilter.ALL);
  }

  /**
   * Evicts the entries with a tag, also those being computed now. Once it returns, no call that
   * starts later in any process on the machine gets one of them. More than 1,000 are hidden at once,
   * and removed in the background: until then they count in {@link #volume} and {@link #stats}.
   *
   * @param tag exact name
   * @return how many entries were on disk
   */
  public long evictTag(String tag) {
    return evict(new EntryFilter(Objects.requireNonNull(tag, "tag"), null));
  }

  /**
   * Evicts the entries that have any of several tags, each as {@link #evictTag} does.
   *
   * @param tags exact names
   * @return how many entries were on disk
   */
  public long evictTags(Collection<String> tags) {
    return tags.stream().mapToLong(this::evictTag).sum();
  }

  /**
   * The tags that entries have, in the order of their names. Looks at all entries that have tags.
   *
   * @return each with what it has
   */
  public List<TagStats> tags() {
    return explicit(() -> kind.store().tags().stream()
        .map(tag -> new TagStats(tag.tag(), tag.entries(), tag.bytes()))
        .toList());
  }

  private long evict(EntryFilter filter) {
    return explicit(() -> kind.evict(filter));
  }

  /**
   * The keys of all entries, in the order of their bytes. Read a page at a time: an entry that comes
   * or goes meanwhile may or may not be among them.
   *
   * @return a lazy stream
   */
  public Stream<Key> keys() {
    return Stream.iterate(page(null), keys -> !keys.isEmpty(), keys -> page(last(keys)))
        .flatMap(List::stream);
  }

  private List<Key> page(@Nullable Key after) {
    return explicit(() -> kind.store().keys(after, PAGE));
  }

  private static Key last(List<Key> keys) {
    return keys.get(keys.size() - 1);
  }

  /**
   * Removes the entries whose time is over.
   *
   * @return how many
   */
  public long expire() {
    return explicit(() -> kind.removed(Event.EXPIRED, kind.store().expire()));
  }

  /**
   * Removes entries if there are more than the size limit allows, until there is some room.
   *
   * @return how many
   */
  public long cull() {
    return explicit(() -> kind.removed(Event.CULLED, kind.store().cull()));
  }

  /**
   * Looks at every entry and changes nothing.
   *
   * @return what was found
   */
  public CheckReport check() {
    return explicit(() -> kind.report(kind.store().check(false)));
  }

  /**
   * How much counts against the size limit.
   *
   * @return bytes of all entries
   */
  public long volume() {
    return explicit(() -> kind.store().size().bytes());
  }

  /**
   * What this process did with the kind since it was opened, and how much there is.
   *
   * @return as of now
   */
  public Stats stats() {
    return explicit(kind::stats);
  }

  /** A {@link Key} is only taken for what was put by hand: a method's result has another encoding. */
  private Key byHand(Object key) {
    if (key instanceof Key known && !entries.isByHand(known)) {
      throw new IllegalArgumentException(
          "the key " + known + " is not that of an entry which was put"
              + " by hand; results of methods can only be looked for, touched and deleted");
    }
    return keyOf(key);
  }

  private Key keyOf(Object key) {
    return key instanceof Key known ? known : kind.parts().keys().of(PlainKeys.writerOf(key));
  }

  private static Duration positive(Duration ttl) {
    if (ttl.isZero() || ttl.isNegative()) {
      throw new IllegalArgumentException("the time to live is " + ttl + "; give a positive one");
    }
    return ttl;
  }

  private List<String> named(String... tags) {
    for (int i = 0; i < tags.length; i++) {
      if (tags[i].isBlank()) {
        throw new IllegalArgumentException(
            "tag " + (i + 1) + " of an entry to be put into kind " + name()
                + " is blank, and maintenance evicts by no blank tag; name it, or leave it out");
      }
    }
    return List.of(tags);
  }

  private <T> T explicit(Supplier<T> operation) {
    requireOpen.run();
    try {
      return operation.get();
    } catch (DiskException e) {
      requireOpen.run(); // it may have been closed meanwhile
      throw kind.failed(e);
    } catch (StoreException e) {
      requireOpen.run();
      throw e;
    }
  }
}
