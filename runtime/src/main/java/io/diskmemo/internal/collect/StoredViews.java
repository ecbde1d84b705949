package io.diskmemo.internal.collect;

import io.diskmemo.internal.collect.ElementType.Sought;
import io.diskmemo.internal.collect.MapRows.Row;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys, values and entries of a map, as collections that write through to it. Thread-safe.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class StoredViews<K, V> {
  private final StoredMap<K, V> map;

  StoredViews(StoredMap<K, V> map) {
    this.map = map;
  }

  Set<K> keys() {
    return new Keys();
  }

  Collection<V> values() {
    return new Values();
  }

  Set<Map.Entry<K, V>> entries() {
    return new Entries();
  }

  /** The rows, as they are. */
  Iterator<Row> rows() {
    return iterator(entry -> entry);
  }

  private <T> Iterator<T> iterator(Function<Row, T> decoder) {
    return new PagedIterator<>(Row::id) {
      @Override
      List<Row> pageAfter(OptionalLong row) {
        return map.translated(() -> map.rows().page(row));
      }

      @Override
      T element(Row row) {
        String operation = map.rows().rows().operation("read");
        return map.translated(() -> decoder.apply(map.rows().sound(operation, row)));
      }

      @Override
      void removeRow(long row) {
        map.translated(() -> map.rows().isRemoved(row));
      }
    };
  }

  /** Without a size, which would be wrong as soon as somebody puts or removes. */
  private static <T> Spliterator<T> spliterator(Iterator<T> all, int characteristics) {
    return Spliterators.spliteratorUnknownSize(
        all, PagedIterator.CHARACTERISTICS | characteristics);
  }

  private final class Keys extends AbstractSet<K> {
    @Override
    public Iterator<K> iterator() {
      return StoredViews.this.iterator(map::key);
    }

    @Override
    public Spliterator<K> spliterator() {
      return StoredViews.spliterator(iterator(), Spliterator.DISTINCT);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public boolean contains(@Nullable Object key) {
      return map.containsKey(key);
    }

    @Override
    public boolean remove(@Nullable Object key) {
      return map.isRemoved(Objects.requireNonNull(key));
    }

    @Override
    public void clear() {
      map.clear();
    }
  }

  private final class Values extends AbstractCollection<V> {
    @Override
    public Iterator<V> iterator() {
      return StoredViews.this.iterator(map::value);
    }

    @Override
    public Spliterator<V> spliterator() {
      return StoredViews.spliterator(iterator(), 0);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public boolean contains(@Nullable Object value) {
      Optional<Sought<V>> sought = map.soughtValue(value);
      return sought.isPresent() && firstMatches(sought.get(), entry -> true);
    }

    @Override
    public boolean remove(@Nullable Object value) {
      Optional<Sought<V>> sought = map.soughtValue(value);
      return sought.isPresent()
          && firstMatches(sought.get(), entry -> map.translated(() -> map.rows().isRemoved(entry)));
    }

    private boolean firstMatches(Sought<V> sought, Predicate<Row> accepted) {
      for (Iterator<Row> all = rows(); all.hasNext(); ) {
        Row entry = all.next();
        if (map.translated(() -> map.matches(entry, sought)) && accepted.test(entry)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean removeIf(Predicate<? super V> condition) {
      Objects.requireNonNull(condition);
      return map.removesIf((key, value) -> condition.test(value));
    }

    @Override
    public boolean removeAll(Collection<?> removed) {
      return removeIf(Objects.requireNonNull(removed)::contains);
    }

    @Override
    public boolean retainAll(Collection<?> retained) {
      Objects.requireNonNull(retained);
      return removeIf(value -> !retained.contains(value));
    }

    @Override
    public void clear() {
      map.clear();
    }
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      return StoredViews.this.iterator(
          row -> new WritingEntry<>(map, map.key(row), map.value(row)));
    }

    @Override
    public Spliterator<Map.Entry<K, V>> spliterator() {
      return StoredViews.spliterator(iterator(), Spliterator.DISTINCT);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public boolean contains(@Nullable Object object) {
      return object instanceof Map.Entry<?, ?> entry
          && map.contains(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean remove(@Nullable Object object) {
      return object instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && map.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean removeIf(Predicate<? super Map.Entry<K, V>> condition) {
      Objects.requireNonNull(condition);
      return map.removesIf((key, value) -> condition.test(Map.entry(key, value)));
    }

    @Override
    public boolean retainAll(Collection<?> retained) {
      Objects.requireNonNull(retained);
      return removeIf(entry -> !retained.contains(entry));
    }

    @Override
    public void clear() {
      map.clear();
    }
  }

  /** An entry as it was when it was read; a value that is set is put into the map. */
  private static final class WritingEntry<K, V> extends AbstractMap.SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // nobody serializes it: the map cannot be
    private final StoredMap<K, V> map;

    WritingEntry(StoredMap<K, V> map, K key, V value) {
      super(key, value);
      this.map = map;
    }

    @Override
    public V setValue(V value) {
      map.put(getKey(), value);
      return super.setValue(value);
    }
  }
}
