package io.diskmemo.internal.collect;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An iterator over rows that has one page of them in memory. It gives each row that was there from its
 * beginning to its end, in their order, and those that come or go meanwhile or not; never one twice.
 * For one thread.
 *
 * @param <R> type of the rows
 * @param <T> what it makes of a row
 */
abstract class PagedIterator<R, T> implements Iterator<T> {
  /** What is true of each collection: others change it while somebody goes over it. */
  static final int CHARACTERISTICS =
      Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT;

  private final ToLongFunction<R> id;
  private @Nullable Iterator<R> page;
  private @Nullable R next;
  private OptionalLong last = OptionalLong.empty();
  private OptionalLong removable = OptionalLong.empty();

  PagedIterator(ToLongFunction<R> id) {
    this.id = id;
  }

  /** The rows after one, or the first ones; none if there are no more. */
  abstract List<R> pageAfter(OptionalLong row);

  /** What callers get; fails if the row is damaged. */
  abstract T element(R row);

  abstract void removeRow(long row);

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  private @Nullable R peek() {
    if (next == null) {
      next = read();
    }
    return next;
  }

  private @Nullable R read() {
    Iterator<R> rows = page;
    if (rows == null || !rows.hasNext()) {
      rows = pageAfter(last).iterator();
      page = rows;
    }
    return rows.hasNext() ? rows.next() : null;
  }

  /** A row that fails is passed over by the next call. */
  @Override
  public T next() {
    R row = peek();
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    last = OptionalLong.of(id.applyAsLong(row));
    removable = OptionalLong.empty();
    T element = element(row);
    removable = last;
    return element;
  }

  @Override
  public void remove() {
    long row = removable.orElseThrow(() -> new IllegalStateException("no element to remove"));
    removable = OptionalLong.empty();
    removeRow(row);
  }
}
