package io.diskmemo.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Synchronous;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations, through two instances that take turns, beside a collection of the JDK that does the
 * same. The seed is in the message of a failure; give it as {@code -Dseed} to see it again.
 */
class CollectionModelTest {
  private static final int STEPS = 2 * Integer.getInteger("tests.model.steps", 120);
  private static final int MOST = 40;

  @TempDir
  Path directory;

  private final List<DiskMemo> memos = new ArrayList<>();
  private final List<Integer> history = new ArrayList<>();

  private interface Step {
    void make(DiskMemo memo, int operation, Random random);
  }

  private void run(int operations, Step step) {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    memos.add(open());
    memos.add(open());
    try {
      for (int i = 0; i < STEPS; i++) {
        int which = random.nextInt(2);
        int operation = random.nextInt(operations + 1);
        history.add(operation);
        if (operation < operations) {
          step.make(memos.get(which), operation, random);
        } else if (random.nextInt(4) == 0) {
          memos.get(which).close();
          memos.set(which, open());
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " after " + history, e);
    } finally {
      memos.forEach(DiskMemo::close);
    }
  }

  private DiskMemo open() {
    Profile quick = Profile.builder().synchronous(Synchronous.NORMAL).build();
    return DiskMemo.open(Settings.builder()
        .directory(directory)
        .kind("deque", quick)
        .kind("map", quick)
        .build());
  }

  @RepeatedTest(4)
  void dequeDoesWhatAnArrayDequeDoes() {
    Deque<Integer> model = new ArrayDeque<>();
    run(18, (memo, operation, random) -> {
      PersistentDeque<Integer> deque = memo.deque("deque", Integer.class, MOST);
      int number = random.nextInt(10);
      boolean fits = model.size() < MOST;
      switch (operation) {
        case 0, 1, 2, 3 ->
          assertThat(deque.offerLast(number)).isEqualTo(fits && model.offerLast(number));
        case 4, 5 ->
          assertThat(deque.offerFirst(number)).isEqualTo(fits && model.offerFirst(number));
        case 6, 7 -> assertThat(deque.pollFirst()).isEqualTo(model.pollFirst());
        case 8 -> assertThat(deque.pollLast()).isEqualTo(model.pollLast());
        case 9 -> assertThat(deque.peekFirst()).isEqualTo(model.peekFirst());
        case 10 -> assertThat(deque.peekLast()).isEqualTo(model.peekLast());
        case 11 ->
          assertThat(deque.removeFirstOccurrence(number))
              .isEqualTo(model.removeFirstOccurrence(number));
        case 12 ->
          assertThat(deque.removeLastOccurrence(number))
              .isEqualTo(model.removeLastOccurrence(number));
        case 13 -> assertThat(deque.contains(number)).isEqualTo(model.contains(number));
        case 14 -> {
          List<Integer> some = IntStream.range(0, number).boxed().toList();
          if (model.size() + some.size() <= MOST) {
            assertThat(deque.addAll(some)).isEqualTo(model.addAll(some));
          }
        }
        case 15 -> {
          Iterator<Integer> iterator = deque.descendingIterator();
          Iterator<Integer> expected = model.descendingIterator();
          for (int i = 0; i <= number && expected.hasNext(); i++) {
            assertThat(iterator.next()).isEqualTo(expected.next());
            if (i == number) {
              iterator.remove();
              expected.remove();
            }
          }
        }
        case 16 -> {
          if (number == 0) {
            deque.clear();
            model.clear();
          }
        }
        default ->
          assertThat(deque.removeIf(element -> element == number))
              .isEqualTo(model.removeIf(element -> element == number));
      }
      assertThat(List.copyOf(deque)).isEqualTo(List.copyOf(model));
      assertThat(deque.size()).isEqualTo(model.size());
    });
  }

  @RepeatedTest(4)
  void mapDoesWhatALinkedHashMapDoes() {
    Map<String, Integer> model = new LinkedHashMap<>();
    run(19, (memo, operation, random) -> {
      PersistentMap<String, Integer> map = memo.map("map", String.class, Integer.class);
      String key = "k" + random.nextInt(8);
      int number = random.nextInt(4);
      switch (operation) {
        case 0, 1, 2 -> assertThat(map.put(key, number)).isEqualTo(model.put(key, number));
        case 3 ->
          assertThat(map.putIfAbsent(key, number)).isEqualTo(model.putIfAbsent(key, number));
        case 4, 5 -> assertThat(map.remove(key)).isEqualTo(model.remove(key));
        case 6 -> assertThat(map.remove(key, number)).isEqualTo(model.remove(key, number));
        case 7 -> assertThat(map.replace(key, number)).isEqualTo(model.replace(key, number));
        case 8 -> assertThat(map.replace(key, number, 9)).isEqualTo(model.replace(key, number, 9));
        case 9 ->
          assertThat(map.merge(key, number, (a, b) -> a == 3 ? null : a + b))
              .isEqualTo(model.merge(key, number, (a, b) -> a == 3 ? null : a + b));
        case 10 ->
          assertThat(map.compute(key, (k, v) -> v == null ? number : null))
              .isEqualTo(model.compute(key, (k, v) -> v == null ? number : null));
        case 11 ->
          assertThat(map.computeIfAbsent(key, k -> number))
              .isEqualTo(model.computeIfAbsent(key, k -> number));
        case 12 ->
          assertThat(map.computeIfPresent(key, (k, v) -> v > 5 ? null : v + number))
              .isEqualTo(model.computeIfPresent(key, (k, v) -> v > 5 ? null : v + number));
        case 13 -> {
          map.replaceAll((k, v) -> v + 1);
          model.replaceAll((k, v) -> v + 1);
        }
        case 14 ->
          assertThat(map.values().removeIf(value -> value > 6))
              .isEqualTo(model.values().removeIf(value -> value > 6));
        case 15 -> {
          Map<String, Integer> some = Map.of(key, number, "x" + number, 1);
          map.putAll(new LinkedHashMap<>(some));
          model.putAll(new LinkedHashMap<>(some));
        }
        case 16 ->
          assertThat(map.entrySet().removeIf(entry -> entry.getKey().equals(key)))
              .isEqualTo(model.entrySet().removeIf(entry -> entry.getKey().equals(key)));
        case 17 -> {
          if (number == 0) {
            map.clear();
            model.clear();
          }
        }
        default -> assertThat(map.containsValue(number)).isEqualTo(model.containsValue(number));
      }
      assertThat(List.copyOf(map.entrySet())).isEqualTo(List.copyOf(model.entrySet()));
      assertThat(map.size()).isEqualTo(model.size());
      assertThat(map.get(key)).isEqualTo(model.get(key));
    });
  }
}
