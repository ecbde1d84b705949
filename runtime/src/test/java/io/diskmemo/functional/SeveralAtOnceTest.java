package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.TagStats;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many keys in one go. */
class SeveralAtOnceTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir
  Path directory;

  private static Map<String, Integer> numbers(int count) {
    Map<String, Integer> values = new LinkedHashMap<>();
    IntStream.range(0, count).forEach(i -> values.put("k" + i, i));
    return values;
  }

  @Test
  void valuesPutTogetherComeBackTogetherInTheOrderOfTheKeys() {
    for (Profile profile :
        List.of(Profile.defaults(), Profile.builder().shards(4).memoryLimit(0).build())) {
      Path store = directory.resolve("shards-" + profile.shards());
      try (DiskMemo memo = Stores.open(store, profile)) {
        KindCache kind = memo.kind("default");
        kind.putAll(numbers(237), DAY, "t");
        kind.put("k1", 1000);
        List<String> keys =
            IntStream.range(0, 300).mapToObj(i -> "k" + (299 - i)).toList();
        Map<String, Integer> found = kind.getAll(keys, Integer.class);

        Map<String, Integer> expected = numbers(237);
        expected.put("k1", 1000);
        assertThat(found).isEqualTo(expected);
        assertThat(found.keySet()).containsExactlyElementsOf(keys.subList(63, 300));
        assertThat(kind.getAll(List.of(), Integer.class)).isEmpty();
        assertThat(kind.tags()).containsExactly(new TagStats("t", 236, 236 * tagSize(kind)));
        assertThat(kind.check().isSound()).isTrue();
      }
    }
  }

  private static long tagSize(KindCache kind) {
    return kind.tags().get(0).sizeBytes() / 236;
  }

  @Test
  void putOfSeveralIsAllOrNone() {
    Profile small = Profile.builder().maxEntrySize(1000).build();
    try (DiskMemo memo = Stores.open(directory, small)) {
      KindCache kind = memo.kind("default");
      Map<String, Object> values = new LinkedHashMap<>(numbers(3));
      values.put("large", "x".repeat(2000));

      assertThatThrownBy(() -> kind.putAll(values, DAY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("larger than maxEntrySize, which is 1000; none is stored");
      assertThat(kind.stats().entries()).isZero();
    }
  }

  /** The large one was left out in silence, and the others stored. */
  @Test
  void putOfSeveralInABatchIsAllOrNone() {
    Profile small = Profile.builder().maxEntrySize(1000).build();
    try (DiskMemo memo = Stores.open(directory, small);
        Batch batch = memo.batch()) {
      KindCache kind = memo.kind("default");
      kind.put("k1", 1000);
      Map<String, Object> values = new LinkedHashMap<>(numbers(3));
      values.put("large", "x".repeat(2000));

      assertThatThrownBy(() -> kind.putAll(values, DAY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("larger than maxEntrySize, which is 1000; none is stored");
      batch.commit();
      assertThat(kind.stats().entries()).isEqualTo(1);
      assertThat(kind.get("k1", Integer.class)).contains(1000);

      kind.putAll(numbers(3), DAY);
      assertThat(kind.getAll(List.of("k0", "k1", "k2"), Integer.class)).isEqualTo(numbers(3));
      assertThat(kind.stats().entries()).isEqualTo(1);
      batch.commit();
      assertThat(kind.stats().entries()).isEqualTo(3);
    }
  }

  @Test
  void evictionOfSeveralTagsCountsEachEntryOnce() {
    try (DiskMemo memo = Stores.open(directory)) {
      KindCache kind = memo.kind("default");
      kind.put("a", 1, DAY, "x", "y");
      kind.put("b", 1, DAY, "y");
      kind.put("c", 1, DAY, "z");

      assertThat(kind.evictTags(List.of("x", "y"))).isEqualTo(2);
      assertThat(kind.contains("c")).isTrue();
    }
  }

  @Test
  void callsThatWerePrefetchedAreAnsweredFromMemory() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      IntStream.range(0, 120).forEach(i -> method.call("a" + i));
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a0");
      List<String> arguments = IntStream.range(0, 150).mapToObj(i -> "a" + i).toList();

      assertThat(memo.prefetch(() -> arguments.forEach(method::peek))).isEqualTo(120);
      assertThat(method.computations()).isZero();
      IntStream.range(0, 120)
          .forEach(i -> assertThat(method.call("a" + i)).isEqualTo("a" + i + "!"));
      assertThat(memo.kind("default").stats().diskHits()).isEqualTo(1);
      assertThat(memo.kind("default").stats().memoryHits()).isEqualTo(120);
      assertThat(memo.kind("default").stats().misses()).isZero();
    }
  }

  @Test
  void prefetchEndsAlsoIfItFailsAndIsNotNested() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a");

      assertThatThrownBy(() -> memo.prefetch(() -> memo.prefetch(() -> {})))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a prefetch is under way");
      assertThat(method.peek("a")).contains("a!");
    }
  }
}
