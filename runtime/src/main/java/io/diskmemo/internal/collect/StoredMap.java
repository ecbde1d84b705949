package io.diskmemo.internal.collect;

import io.diskmemo.internal.collect.ElementType.Sought;
import io.diskmemo.internal.collect.MapRows.NewEntry;
import io.diskmemo.internal.collect.MapRows.Row;
import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.DiskException;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map in a database, shared by processes, in the order in which keys were put. Thread-safe.
 *
 * <p>Every change is a loop: find what is there, let codecs and functions of users work on it while
 * nothing is locked, and change it if it is still the same.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class StoredMap<K, V> extends AbstractMap<K, V>
    implements ConcurrentMap<K, V>, PersistentCollection {
  private final ElementType<K> keys;
  private final ElementType<V> values;
  private final MapRows entries;
  private final Failures failures;
  private final StoredViews<K, V> views = new StoredViews<>(this);

  /**
   * A map.
   *
   * @param database of its own
   * @param keys their type
   * @param values their type
   * @param clock for the times of what was found damaged
   * @param failures as callers are to see them
   * @throws DiskException if the database is that of another collection
   */
  protected StoredMap(
      CollectionDatabase database,
      ElementType<K> keys,
      ElementType<V> values,
      InstantSource clock,
      Failures failures) {
    this.keys = keys;
    this.values = values;
    this.failures = failures;
    this.entries = new MapRows(database, keys.name(), values.name(), clock::millis);
  }

  @Override
  public String name() {
    return entries.rows().name();
  }

  @Override
  public long damaged() {
    return translated(() -> entries.rows().damaged());
  }

  <T> T translated(Supplier<T> work) {
    return failures.translated(work);
  }

  MapRows rows() {
    return entries;
  }

  K key(Row entry) {
    return keys.decode(entries.rows().operation("read"), entry.key());
  }

  V value(Row entry) {
    return values.decode(entries.rows().operation("read"), entry.value());
  }

  private Optional<Row> find(byte[] key) {
    return translated(() -> entries.find(key));
  }

  /** What is under something that may be no key at all. */
  private Optional<Row> lookUp(@Nullable Object key) {
    return keys.sought(Objects.requireNonNull(key)).flatMap(sought -> find(sought.bytes()));
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return lookUp(key).map(this::decoded).orElse(null);
  }

  @Override
  public V getOrDefault(@Nullable Object key, V otherwise) {
    return lookUp(key).map(this::decoded).orElse(otherwise);
  }

  private V decoded(Row entry) {
    return translated(() -> value(entry));
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return lookUp(key).isPresent();
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    return values().contains(Objects.requireNonNull(value));
  }

  /** What becomes of an entry: given the present one, the value to be there, or null for none. */
  private interface Step<V> {
    @Nullable
    V of(Optional<V> present);
  }

  /** The value before a change, and the one after it. */
  private record Change<V>(@Nullable V before, @Nullable V after) {}

  /** Does a step to what is there, until nobody was faster. It may be done more than once. */
  private Change<V> change(byte[] key, Step<V> step) {
    while (true) {
      Optional<Row> found = find(key);
      Optional<V> before = found.map(this::decoded);
      V after = step.of(before);
      byte[] encoded = after == null ? null : values.encode(after);
      if (translated(() -> isMade(key, found, encoded))) {
        return new Change<>(before.orElse(null), after);
      }
    }
  }

  private boolean isMade(byte[] key, Optional<Row> found, byte @Nullable [] value) {
    if (value == null) {
      return found.isEmpty() || entries.isRemoved(found.get());
    }
    if (found.isEmpty()) {
      return entries.isInserted(new NewEntry(key, value));
    }
    return Arrays.equals(found.get().value(), value) || entries.isReplaced(found.get(), value);
  }

  @Override
  public @Nullable V put(K key, V value) {
    Objects.requireNonNull(value);
    return change(keys.encode(key), present -> value).before();
  }

  /**
   * Puts all or none, in one transaction.
   */
  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    List<NewEntry> added = new ArrayList<>();
    map.forEach((key, value) -> added.add(new NewEntry(keys.encode(key), values.encode(value))));
    if (!added.isEmpty()) {
      translated(() -> {
        entries.putAll(added);
        return added;
      });
    }
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    NewEntry added = new NewEntry(keys.encode(key), values.encode(value));
    while (true) {
      Optional<Row> found = find(added.key());
      if (found.isPresent()) {
        return decoded(found.get());
      }
      if (translated(() -> entries.isInserted(added))) {
        return null;
      }
    }
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    Optional<Sought<K>> sought = keys.sought(Objects.requireNonNull(key));
    return sought.isPresent() ? change(sought.get().bytes(), present -> null).before() : null;
  }

  @Override
  public boolean remove(@Nullable Object key, @Nullable Object value) {
    Optional<Sought<K>> sought = keys.sought(Objects.requireNonNull(key));
    Optional<Sought<V>> expected = value == null ? Optional.empty() : values.sought(value);
    return sought.isPresent()
        && expected.isPresent()
        && isChanged(sought.get().bytes(), expected.get(), entries::isRemoved);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    byte[] encoded = values.encode(newValue);
    Optional<Sought<V>> expected = values.sought(Objects.requireNonNull(oldValue));
    return expected.isPresent()
        && isChanged(keys.encode(key), expected.get(), found -> entries.isReplaced(found, encoded));
  }

  private interface Attempt {
    boolean isMade(Row found);
  }

  /** Changes the entry with a key if its value is the expected one. */
  private boolean isChanged(byte[] key, Sought<V> expected, Attempt attempt) {
    return translated(() -> {
      while (true) {
        Optional<Row> found = entries.find(key);
        if (found.isEmpty() || !matches(found.get(), expected)) {
          return false;
        }
        if (attempt.isMade(found.get())) {
          return true;
        }
      }
    });
  }

  boolean matches(Row entry, Sought<V> expected) {
    return expected.matches(entries.rows().operation("read"), values, entry.value());
  }

  /** The value to look for; empty if it can be none of this map's. */
  Optional<Sought<V>> soughtValue(@Nullable Object value) {
    return value == null ? Optional.empty() : values.sought(value);
  }

  /** The entry with a key and a value, if there is one. */
  boolean contains(@Nullable Object key, @Nullable Object value) {
    Optional<Sought<V>> expected = soughtValue(value);
    Optional<Row> found = key == null || expected.isEmpty() ? Optional.empty() : lookUp(key);
    return found.isPresent() && translated(() -> matches(found.get(), expected.orElseThrow()));
  }

  /** Removes a key whatever its value is, also one that cannot be read. */
  boolean isRemoved(Object key) {
    Optional<Sought<K>> sought = keys.sought(key);
    return sought.isPresent() && translated(() -> entries.isRemoved(sought.get().bytes()));
  }

  @Override
  public @Nullable V replace(K key, V value) {
    Objects.requireNonNull(value);
    return change(keys.encode(key), present -> present.isPresent() ? value : null)
        .before();
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function);
    return change(keys.encode(key), present -> function.apply(key, present.orElse(null)))
        .after();
  }

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    Objects.requireNonNull(function);
    Optional<Row> found = find(keys.encode(key));
    if (found.isPresent()) {
      return decoded(found.get());
    }
    V value = function.apply(key);
    V before = value == null ? null : putIfAbsent(key, value);
    return before == null ? value : before;
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function);
    return change(
            keys.encode(key),
            present -> present.isPresent() ? function.apply(key, present.get()) : null)
        .after();
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(value);
    Objects.requireNonNull(function);
    return change(
            keys.encode(key),
            present -> present.isPresent() ? function.apply(present.get(), value) : value)
        .after();
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    Objects.requireNonNull(function);
    views.rows().forEachRemaining(entry -> {
      K key = translated(() -> key(entry));
      change(
          entry.key(),
          present -> present.isPresent()
              ? Objects.requireNonNull(function.apply(key, present.get()))
              : null);
    });
  }

  /** Removes those that a condition holds for; an entry that changes meanwhile is looked at again. */
  boolean removesIf(BiPredicate<? super K, ? super V> condition) {
    boolean any = false;
    for (Iterator<Row> all = views.rows(); all.hasNext(); ) {
      Row entry = all.next();
      K key = translated(() -> key(entry));
      Change<V> change = change(
          entry.key(),
          present -> present.filter(value -> !condition.test(key, value)).orElse(null));
      any |= change.before() != null && change.after() == null;
    }
    return any;
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, translated(() -> entries.rows().size()));
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public void clear() {
    translated(() -> {
      entries.clear();
      return entries;
    });
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return views.entries();
  }

  @Override
  public Set<K> keySet() {
    return views.keys();
  }

  @Override
  public Collection<V> values() {
    return views.values();
  }

  @Override
  public void close() {
    entries.rows().close();
  }
}
