package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Stats;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations, through two instances that take turns, beside a map that does the same. The seed
 * is in the message of a failure; give it as {@code -Dseed} to see it again.
 */
class ModelTest {
  private static final List<String> TAGS = List.of("t0", "t1", "t2");

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final Map<String, Entry> model = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private final List<DiskMemo> memos = new ArrayList<>();

  private record Entry(long value, long expires, Set<String> tags) {}

  @RepeatedTest(8)
  void everyOperationDoesWhatAMapDoes() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    memos.add(Stores.open(directory, clock));
    memos.add(Stores.open(directory, clock));
    try {
      for (int step = 0; step < 400; step++) {
        step(random);
      }
      for (DiskMemo memo : memos) {
        assertSums(memo.kind("default"));
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " after " + history, e);
    } finally {
      memos.forEach(DiskMemo::close);
    }
  }

  private void step(Random random) {
    int which = random.nextInt(2);
    KindCache cache = memos.get(which).kind("default");
    String key = "k" + random.nextInt(12);
    long number = random.nextInt(100);
    Duration ttl = Duration.ofSeconds(1 + random.nextInt(20));
    String tag = TAGS.get(random.nextInt(3));
    int operation = random.nextInt(16);
    history.add(operation + ":" + which + ":" + key + ":" + number + ":" + tag + ":" + ttl);
    Optional<Entry> present = Optional.ofNullable(model.get(key)).filter(this::isAlive);
    switch (operation) {
      case 0, 1 -> {
        assertThat(cache.put(key, number, ttl, tag, "all")).isTrue();
        model.put(key, new Entry(number, ends(ttl), Set.of(tag, "all")));
      }
      case 2 -> {
        assertThat(cache.put(key, number)).isTrue();
        model.put(key, new Entry(number, Long.MAX_VALUE, Set.of()));
      }
      case 3 -> {
        assertThat(cache.add(key, number)).isEqualTo(present.isEmpty());
        present.ifPresentOrElse(
            entry -> {}, () -> model.put(key, new Entry(number, Long.MAX_VALUE, Set.of())));
      }
      case 4 -> {
        Entry old = present.orElse(new Entry(0, Long.MAX_VALUE, Set.of()));
        assertThat(cache.increment(key, number)).isEqualTo(old.value() + number);
        model.put(key, new Entry(old.value() + number, old.expires(), old.tags()));
      }
      case 5 -> {
        assertThat(cache.pop(key, Long.class)).isEqualTo(present.map(Entry::value));
        present.ifPresent(entry -> model.remove(key));
      }
      case 6 -> {
        assertThat(cache.touch(key, ttl)).isEqualTo(present.isPresent());
        present.ifPresent(
            entry -> model.put(key, new Entry(entry.value(), ends(ttl), entry.tags())));
      }
      case 7 -> {
        assertThat(cache.delete(key)).isEqualTo(model.remove(key) != null);
      }
      case 8 -> assertThat(cache.evictTag(tag)).isEqualTo(removed(e -> e.tags().contains(tag)));
      case 9 -> assertThat(cache.expire()).isEqualTo(removed(entry -> !isAlive(entry)));
      case 10 -> clock.advance(Duration.ofSeconds(random.nextInt(8)));
      case 11 -> {
        if (number < 20) {
          memos.get(which).close();
          memos.set(which, Stores.open(directory, clock));
        }
      }
      case 12 -> assertThat(cache.keys().count()).isEqualTo(model.size());
      case 13 -> assertThat(cache.contains(key)).isEqualTo(present.isPresent());
      default -> assertThat(cache.get(key, Long.class)).isEqualTo(present.map(Entry::value));
    }
  }

  private void assertSums(KindCache cache) {
    Stats stats = cache.stats();
    assertThat(cache.check().isSound()).isTrue();
    assertThat(stats.entries()).isEqualTo(model.size()).isEqualTo(cache.keys().count());
    assertThat(stats.missesDamaged() + stats.missesUnavailable() + stats.culled())
        .isZero();
    assertThat(cache.clear()).isEqualTo(model.size());
    model.clear();
    assertThat(cache.volume()).isZero();
  }

  private long removed(Predicate<Entry> condition) {
    int before = model.size();
    model.values().removeIf(condition);
    return (long) before - model.size();
  }

  private boolean isAlive(Entry entry) {
    return entry.expires() > clock.millis();
  }

  private long ends(Duration ttl) {
    return clock.millis() + ttl.toMillis();
  }
}
