package io.diskmemo;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * A map on disk, shared by all processes that have the directory open, in the order in which its keys
 * were put. Nothing is ever evicted, and nothing expires. Thread-safe.
 *
 * <pre>{@code
 * PersistentMap<String, Long> counts = memo.map("counts", String.class, Long.class);
 * counts.merge("NZ", 1L, Long::sum);
 * }</pre>
 *
 * <p>Every method of {@code ConcurrentMap} is atomic among all threads of all processes, and committed
 * when it returns; {@code putAll} puts all or none; {@code replaceAll} and {@code removeIf} of the views are
 * atomic for each entry. Functions run while nothing is locked, and once more if another changed the entry
 * meanwhile, so that they should have no effects. Replacing a value keeps its place.
 *
 * <p>Keys are equal if their encodings are. Values are equal, for {@code replace}, {@code remove} and
 * {@code containsValue}, if their encodings are or {@code equals} says so. What is read is a copy. {@code
 * null} is refused with a {@code NullPointerException}. Iterators are weakly consistent, hold a page of
 * entries in memory, and support {@code remove} and {@code setValue}. {@code keySet().remove(key)} removes
 * an entry without reading its value, also one that cannot be read.
 *
 * <p>Calls throw a {@link DiskMemoException} if the disk fails, or is held by others for longer than the
 * {@linkplain DiskMemo#map time-out}; a {@link DamagedElementException} if an entry is damaged; and the
 * one or the other after the {@link DiskMemo} was closed.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface PersistentMap<K, V> extends ConcurrentMap<K, V> {
  /**
   * Which one it is.
   *
   * @return the name that it was opened by
   */
  String name();

  /**
   * How many damaged entries were moved aside.
   *
   * @return since the map was made
   */
  long damaged();

  /**
   * Puts all entries, in one transaction.
   *
   * @param entries to put
   */
  @Override
  void putAll(Map<? extends K, ? extends V> entries);
}
