package io.diskmemo;

import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A deque on disk, shared by all processes that have the directory open. Nothing is ever evicted, and
 * nothing expires. Thread-safe.
 *
 * <pre>{@code
 * PersistentDeque<String> jobs = memo.deque("jobs", String.class);
 * jobs.add("thumbnail 17");
 * Optional<String> job = jobs.takeFirst(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>Each call that changes something is one transaction, committed when it returns: a process that is
 * killed after that loses nothing of it. A take removes the element in the transaction that finds it, so
 * that each is taken <em>at most once</em>, by one thread of one process. Who dies with an element that it
 * took takes it along. Where that must not be, keep the elements in a {@link PersistentMap}, and claim one
 * by {@code replace(element, "open", "mine")}.
 *
 * <p>Elements are found by {@code contains} and its like if they have the same encoding, or are equal.
 * What is taken or read is a copy. {@code null} is refused with a {@code NullPointerException}.
 * Iterators are weakly consistent, hold a page of elements in memory, and support {@code remove}.
 * {@code addAll} adds all or none. As for the deques of the JDK, equality is that of the object.
 *
 * <p>Calls throw a {@link DiskMemoException} if the disk fails, or is held by others for longer than the
 * {@linkplain DiskMemo#deque time-out}; a {@link DamagedElementException} if an element is damaged; and
 * the one or the other after the {@link DiskMemo} was closed.
 *
 * @param <E> type of the elements
 */
public interface PersistentDeque<E> extends Deque<E> {
  /**
   * Which one it is.
   *
   * @return the name that it was opened by
   */
  String name();

  /**
   * How many elements it takes, whichever process adds them. When it is full, {@code offer} and its
   * like return false, and {@code add} and its like throw an {@code IllegalStateException}.
   *
   * @return empty if there is no limit
   */
  OptionalLong maximumLength();

  /**
   * How many damaged elements were moved aside.
   *
   * @return since the deque was made
   */
  long damaged();

  /**
   * Takes the first element, and waits for it if there is none. What this process adds is noticed at
   * once, what others add within 50 ms.
   *
   * @param timeout longest wait; none if it is not positive
   * @return empty if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  Optional<E> takeFirst(Duration timeout) throws InterruptedException;

  /**
   * Takes the last element, and waits as {@link #takeFirst} does.
   *
   * @param timeout longest wait; none if it is not positive
   * @return empty if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  Optional<E> takeLast(Duration timeout) throws InterruptedException;

  /**
   * Takes the first element as {@link #takeFirst} does, with the signature of {@code BlockingDeque}.
   *
   * @param timeout longest wait; none if it is not positive
   * @param unit of the time-out
   * @return null if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  @Nullable
  E pollFirst(long timeout, TimeUnit unit) throws InterruptedException;

  /**
   * Takes the last element as {@link #takeLast} does, with the signature of {@code BlockingDeque}.
   *
   * @param timeout longest wait; none if it is not positive
   * @param unit of the time-out
   * @return null if there was none in time
   * @throws InterruptedException if the thread is interrupted; then nothing was taken
   */
  @Nullable
  E pollLast(long timeout, TimeUnit unit) throws InterruptedException;

  /**
   * Adds all at the end, in one transaction.
   *
   * @param elements in their order
   * @return whether there were any
   * @throws IllegalStateException if they do not fit; then none is added
   */
  @Override
  boolean addAll(Collection<? extends E> elements);
}
