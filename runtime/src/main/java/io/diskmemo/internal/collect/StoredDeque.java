package io.diskmemo.internal.collect;

import io.diskmemo.internal.collect.DequeRows.Element;
import io.diskmemo.internal.collect.DequeRows.End;
import io.diskmemo.internal.collect.ElementType.Sought;
import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.DiskException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A deque in a database, shared by processes. Thread-safe. Encodes before a transaction and decodes
 * after it.
 *
 * @param <E> type of the elements
 */
public class StoredDeque<E> extends AbstractCollection<E>
    implements Deque<E>, PersistentCollection {
  private final ElementType<E> type;
  private final DequeRows elements;
  private final Failures failures;
  private final Arrivals arrivals = new Arrivals();

  /**
   * A deque.
   *
   * @param database of its own
   * @param type of the elements
   * @param clock for the times of what was found damaged
   * @param failures as callers are to see them
   * @throws DiskException if the database is that of another collection
   */
  protected StoredDeque(
      CollectionDatabase database, ElementType<E> type, InstantSource clock, Failures failures) {
    this.type = type;
    this.failures = failures;
    this.elements = new DequeRows(database, type.name(), clock::millis);
  }

  @Override
  public String name() {
    return elements.rows().name();
  }

  /**
   * How many elements it takes, whoever adds them.
   *
   * @return empty if there is no limit
   */
  public OptionalLong maximumLength() {
    long maximum = translated(() -> elements.rows().maximum());
    return maximum == Rows.UNBOUNDED ? OptionalLong.empty() : OptionalLong.of(maximum);
  }

  /**
   * Sets the limit for all processes. What is there stays, also if it is more.
   *
   * @param maximum of elements
   */
  public void limit(long maximum) {
    elements.rows().limit(maximum);
  }

  @Override
  public long damaged() {
    return translated(() -> elements.rows().damaged());
  }

  private <T> T translated(Supplier<T> work) {
    return failures.translated(work);
  }

  @Override
  public boolean offerFirst(E element) {
    return isAdded(End.FIRST, List.of(type.encode(element)));
  }

  @Override
  public boolean offerLast(E element) {
    return isAdded(End.LAST, List.of(type.encode(element)));
  }

  private boolean isAdded(End end, List<byte[]> encoded) {
    boolean added = translated(() -> elements.isAdded(end, encoded));
    if (added) {
      arrivals.added(encoded.size());
    }
    return added;
  }

  @Override
  public void addFirst(E element) {
    requireAdded(offerFirst(element));
  }

  @Override
  public void addLast(E element) {
    requireAdded(offerLast(element));
  }

  private void requireAdded(boolean added) {
    if (!added) {
      throw new IllegalStateException("deque " + name() + " is full");
    }
  }

  /**
   * Adds all or none, in one transaction.
   *
   * @throws IllegalStateException if they do not fit; then none is added
   */
  @Override
  public boolean addAll(Collection<? extends E> added) {
    List<byte[]> encoded = new ArrayList<>();
    added.forEach(element -> encoded.add(type.encode(element)));
    if (!encoded.isEmpty()) {
      requireAdded(isAdded(End.LAST, encoded));
    }
    return !encoded.isEmpty();
  }

  @Override
  public @Nullable E pollFirst() {
    return taken(End.FIRST, false).orElse(null);
  }

  @Override
  public @Nullable E pollLast() {
    return taken(End.LAST, false).orElse(null);
  }

  private Optional<E> taken(End end, boolean unlessInterrupted) {
    return translated(() -> elements.take(end, unlessInterrupted).map(this::decodeOrPutBack));
  }

  /** Nobody shall lose what a wrong program cannot read. */
  private E decodeOrPutBack(Element taken) {
    try {
      return decode("take from", taken);
    } catch (RuntimeException | Error e) {
      putBack(taken, e);
      throw e;
    }
  }

  private void putBack(Element taken, Throwable reason) {
    try {
      elements.putBack(taken);
    } catch (DiskException e) {
      reason.addSuppressed(e);
    }
  }

  private E decode(String verb, Element element) {
    return type.decode(elements.rows().operation(verb), element.value());
  }

  /**
   * Takes the first element, and waits for it if there is none.
   *
   * @param timeout longest wait
   * @param unit of it
   * @return null if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  public @Nullable E pollFirst(long timeout, TimeUnit unit) throws InterruptedException {
    return awaited(End.FIRST, unit.toNanos(timeout)).orElse(null);
  }

  /**
   * Takes the last element, and waits for it if there is none.
   *
   * @param timeout longest wait
   * @param unit of it
   * @return null if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  public @Nullable E pollLast(long timeout, TimeUnit unit) throws InterruptedException {
    return awaited(End.LAST, unit.toNanos(timeout)).orElse(null);
  }

  /**
   * Takes the first element, and waits for it if there is none.
   *
   * @param timeout longest wait
   * @return empty if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  public Optional<E> takeFirst(Duration timeout) throws InterruptedException {
    return awaited(End.FIRST, TimeUnit.NANOSECONDS.convert(timeout));
  }

  /**
   * Takes the last element, and waits for it if there is none.
   *
   * @param timeout longest wait
   * @return empty if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  public Optional<E> takeLast(Duration timeout) throws InterruptedException {
    return awaited(End.LAST, TimeUnit.NANOSECONDS.convert(timeout));
  }

  private Optional<E> awaited(End end, long nanos) throws InterruptedException {
    return arrivals.await(() -> taken(end, true), nanos);
  }

  @Override
  public @Nullable E peekFirst() {
    return seen(End.FIRST).orElse(null);
  }

  @Override
  public @Nullable E peekLast() {
    return seen(End.LAST).orElse(null);
  }

  private Optional<E> seen(End end) {
    return translated(() -> elements.peek(end).map(element -> decode("look into", element)));
  }

  @Override
  public E removeFirst() {
    return taken(End.FIRST, false).orElseThrow(this::empty);
  }

  @Override
  public E removeLast() {
    return taken(End.LAST, false).orElseThrow(this::empty);
  }

  @Override
  public E getFirst() {
    return seen(End.FIRST).orElseThrow(this::empty);
  }

  @Override
  public E getLast() {
    return seen(End.LAST).orElseThrow(this::empty);
  }

  private NoSuchElementException empty() {
    return new NoSuchElementException("deque " + name() + " is empty");
  }

  @Override
  public boolean add(E element) {
    addLast(element);
    return true;
  }

  @Override
  public boolean offer(E element) {
    return offerLast(element);
  }

  @Override
  public void push(E element) {
    addFirst(element);
  }

  @Override
  public E remove() {
    return removeFirst();
  }

  @Override
  public E pop() {
    return removeFirst();
  }

  @Override
  public @Nullable E poll() {
    return pollFirst();
  }

  @Override
  public E element() {
    return getFirst();
  }

  @Override
  public @Nullable E peek() {
    return peekFirst();
  }

  @Override
  public boolean contains(@Nullable Object object) {
    return anyMatches(End.FIRST, object, element -> true);
  }

  @Override
  public boolean remove(@Nullable Object object) {
    return removeFirstOccurrence(object);
  }

  @Override
  public boolean removeFirstOccurrence(@Nullable Object object) {
    return anyMatches(End.FIRST, object, element -> elements.isRemoved(element.position()));
  }

  @Override
  public boolean removeLastOccurrence(@Nullable Object object) {
    return anyMatches(End.LAST, object, element -> elements.isRemoved(element.position()));
  }

  private interface Match {
    boolean isAccepted(Element element);
  }

  /** Whether one of those that match is accepted; one that somebody else took meanwhile is not. */
  private boolean anyMatches(End from, @Nullable Object object, Match match) {
    if (object == null) {
      return false;
    }
    Optional<Sought<E>> sought = type.sought(object);
    return sought.isPresent() && translated(() -> anyMatches(from, sought.get(), match));
  }

  private boolean anyMatches(End from, Sought<E> sought, Match match) {
    String operation = elements.rows().operation("look into");
    Iterator<Element> all = new Elements(from);
    while (all.hasNext()) {
      Element element = all.next();
      if (sought.matches(operation, type, element.value()) && match.isAccepted(element)) {
        return true;
      }
    }
    return false;
  }

  /** The rows, as they are. */
  private final class Elements extends PagedIterator<Element, Element> {
    private final End from;

    Elements(End from) {
      super(Element::position);
      this.from = from;
    }

    @Override
    List<Element> pageAfter(OptionalLong row) {
      return elements.page(from, row);
    }

    @Override
    Element element(Element row) {
      return elements.sound(elements.rows().operation("read"), row);
    }

    @Override
    void removeRow(long row) {
      elements.isRemoved(row);
    }
  }

  @Override
  public Iterator<E> iterator() {
    return new Decoded(End.FIRST);
  }

  @Override
  public Iterator<E> descendingIterator() {
    return new Decoded(End.LAST);
  }

  /** Without a size, which would be wrong as soon as somebody pushes or takes. */
  @Override
  public Spliterator<E> spliterator() {
    return Spliterators.spliteratorUnknownSize(iterator(), PagedIterator.CHARACTERISTICS);
  }

  private final class Decoded implements Iterator<E> {
    private final Elements rows;

    Decoded(End from) {
      rows = new Elements(from);
    }

    @Override
    public boolean hasNext() {
      return translated(rows::hasNext);
    }

    @Override
    public E next() {
      return translated(() -> decode("read", rows.next()));
    }

    @Override
    public void remove() {
      translated(() -> {
        rows.remove();
        return rows;
      });
    }
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, translated(() -> elements.rows().size()));
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public void clear() {
    translated(() -> {
      elements.clear();
      return elements;
    });
  }

  @Override
  public void close() {
    try {
      elements.rows().close();
    } finally {
      arrivals.closed();
    }
  }
}
