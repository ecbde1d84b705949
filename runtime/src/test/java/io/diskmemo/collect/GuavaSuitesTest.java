package io.diskmemo.collect;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Synchronous;
import java.nio.file.Path;
import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guava's suites for collections, with these features left out:
 *
 * <ul>
 *   <li>{@code ALLOWS_NULL_KEYS}, {@code ALLOWS_NULL_VALUES}, and of maps {@code
 *       ALLOWS_NULL_KEY_QUERIES}, {@code ALLOWS_NULL_VALUE_QUERIES}, {@code ALLOWS_NULL_ENTRY_QUERIES}
 *       and {@code ALLOWS_ANY_NULL_QUERIES}: null is refused, as by the concurrent collections of the
 *       JDK. A deque may be asked for null, as there.
 *   <li>{@code FAILS_FAST_ON_CONCURRENT_MODIFICATION}: iterators are weakly consistent, because other
 *       processes change the collection.
 *   <li>{@code SERIALIZABLE}, {@code SERIALIZABLE_INCLUDING_VIEWS}: an open database cannot be
 *       serialized.
 *   <li>{@code SUBSET_VIEW}, {@code DESCENDING_VIEW}: of sorted collections.
 *   <li>{@code REJECTS_DUPLICATES_AT_CREATION}: of immutable collections.
 *   <li>{@code RESTRICTS_KEYS}, {@code RESTRICTS_VALUES}, {@code RESTRICTS_ELEMENTS}, {@code
 *       NON_STANDARD_TOSTRING}: each would excuse from tests that pass.
 * </ul>
 */
class GuavaSuitesTest {
  @TempDir
  static Path directory;

  private static DiskMemo memo;

  @BeforeAll
  static void open() {
    Profile quick = Profile.builder().synchronous(Synchronous.NORMAL).build();
    memo = DiskMemo.open(Settings.builder()
        .directory(directory)
        .kind("deque", quick)
        .kind("map", quick)
        .build());
  }

  @AfterAll
  static void close() {
    memo.close();
  }

  @TestFactory
  Stream<DynamicNode> mapBehavesAsMap() {
    return Stream.of(GuavaSuites.node(MapTestSuiteBuilder.using(new Maps())
        .named("map")
        .withFeatures(
            CollectionSize.ANY,
            MapFeature.GENERAL_PURPOSE,
            CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
            CollectionFeature.KNOWN_ORDER)
        .createTestSuite()));
  }

  @TestFactory
  Stream<DynamicNode> mapBehavesAsConcurrentMap() {
    return Stream.of(GuavaSuites.node(ConcurrentMapTestSuiteBuilder.using(new Maps())
        .named("concurrent map")
        .withFeatures(
            CollectionSize.ANY,
            MapFeature.GENERAL_PURPOSE,
            CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
            CollectionFeature.KNOWN_ORDER)
        .createTestSuite()));
  }

  @TestFactory
  Stream<DynamicNode> dequeBehavesAsQueue() {
    return queue("deque", new Deques());
  }

  @TestFactory
  Stream<DynamicNode> dequeBehavesAsQueueFromItsEnd() {
    return queue("deque from its end", new ReversedDeques());
  }

  private static Stream<DynamicNode> queue(String name, TestStringQueueGenerator generator) {
    return Stream.of(GuavaSuites.node(QueueTestSuiteBuilder.using(generator)
        .named(name)
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.GENERAL_PURPOSE,
            CollectionFeature.ALLOWS_NULL_QUERIES,
            CollectionFeature.KNOWN_ORDER)
        .createTestSuite()));
  }

  private static final class Maps extends TestStringMapGenerator {
    @Override
    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
      PersistentMap<String, String> map = memo.map("map", String.class, String.class);
      map.clear();
      for (Map.Entry<String, String> entry : entries) {
        map.put(entry.getKey(), entry.getValue());
      }
      return map;
    }
  }

  private static final class Deques extends TestStringQueueGenerator {
    @Override
    protected Queue<String> create(String[] elements) {
      PersistentDeque<String> deque = memo.deque("deque", String.class);
      deque.clear();
      deque.addAll(List.of(elements));
      return deque;
    }
  }

  private static final class ReversedDeques extends TestStringQueueGenerator {
    @Override
    protected Queue<String> create(String[] elements) {
      PersistentDeque<String> deque = memo.deque("deque", String.class);
      deque.clear();
      List.of(elements).forEach(deque::addFirst);
      return new Reversed(deque);
    }
  }

  /** A deque used from its other end. */
  private static final class Reversed extends AbstractQueue<String> {
    private final PersistentDeque<String> deque;

    Reversed(PersistentDeque<String> deque) {
      this.deque = deque;
    }

    @Override
    public boolean offer(String element) {
      return deque.offerFirst(element);
    }

    @Override
    public String poll() {
      return deque.pollLast();
    }

    @Override
    public String peek() {
      return deque.peekLast();
    }

    @Override
    public boolean contains(Object object) {
      return deque.contains(object);
    }

    @Override
    public boolean remove(Object object) {
      return deque.removeLastOccurrence(object);
    }

    @Override
    public Iterator<String> iterator() {
      return deque.descendingIterator();
    }

    @Override
    public int size() {
      return deque.size();
    }
  }
}
