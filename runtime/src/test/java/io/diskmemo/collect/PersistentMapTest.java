package io.diskmemo.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistentMapTest {
  @TempDir
  Path directory;

  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private PersistentMap<String, Integer> map() {
    return memo.map("counts", String.class, Integer.class);
  }

  @Test
  void entriesOutliveTheProcessInTheOrderInWhichTheirKeysWerePut() {
    map().put("b", 1);
    map().put("a", 2);
    assertThat(map().put("b", 3)).isEqualTo(1);
    map().put("c", 4);
    map().remove("a");
    map().put("a", 5);
    memo.close();
    memo = Stores.open(directory);

    assertThat(map()).hasToString("{b=3, c=4, a=5}").isEqualTo(Map.of("a", 5, "b", 3, "c", 4));
    assertThat(map().hashCode()).isEqualTo(Map.of("a", 5, "b", 3, "c", 4).hashCode());
    assertThat(map().name()).isEqualTo("counts");
  }

  @Test
  void keysOfAllTypesComeBack() {
    List<Object> keys = List.of(
        "text",
        1,
        1L,
        (short) 1,
        (byte) 1,
        'c',
        true,
        1.5,
        1.5f,
        new BigDecimal("1.0"),
        BigInteger.TEN,
        new UUID(1, 2),
        URI.create("x:y"),
        Instant.EPOCH,
        LocalDate.EPOCH,
        LocalDateTime.MIN,
        Duration.ofSeconds(1),
        LocalTime.NOON,
        OffsetDateTime.MAX,
        OffsetTime.MAX,
        ZonedDateTime.of(LocalDateTime.MIN, ZoneId.of("Asia/Tokyo")),
        Period.of(1, 2, 3),
        Year.of(2024),
        YearMonth.of(2024, 2),
        MonthDay.of(2, 29),
        ZoneId.of("Asia/Tokyo"),
        ZoneOffset.UTC,
        Path.of("a", "b"),
        List.of("a", 1, List.of()),
        List.of(Path.of("a"), Year.of(1)),
        Double.NaN);
    PersistentMap<Object, Integer> map = memo.map("all", Object.class, Integer.class);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(map.putIfAbsent(keys.get(i), i)).isNull();
    }
    assertThat(map.keySet()).containsExactlyElementsOf(keys);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(map).containsEntry(keys.get(i), i);
    }
    assertThat(map.get(Double.longBitsToDouble(0x7ff8000000000001L))).isEqualTo(keys.size() - 1);
    assertThat(map.get(List.of(Float.NaN))).isNull();
    assertThat(map.containsKey(new BigDecimal("1.00"))).isFalse();
  }

  @Test
  void enumsPathsOffsetsAndBytesAreKeys() {
    PersistentMap<DayOfWeek, String> days = memo.map("days", DayOfWeek.class, String.class);
    days.put(DayOfWeek.FRIDAY, "last");
    assertThat(days).containsOnly(Map.entry(DayOfWeek.FRIDAY, "last"));

    PersistentMap<Path, String> paths = memo.map("paths", Path.class, String.class);
    paths.put(Path.of("a", "b"), "x");
    assertThat(paths).containsOnly(Map.entry(Path.of("a", "b"), "x"));
    Path sameText = Path.of(URI.create("file:///tmp/caf%E9"));
    if (sameText.toString().contains("\uFFFD")) { // as its bytes are no characters here
      assertThatThrownBy(() -> paths.put(sameText, "y"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("caf%E9");
    }

    PersistentMap<ZoneOffset, String> offsets = memo.map("offsets", ZoneOffset.class, String.class);
    offsets.put(ZoneOffset.UTC, "x");
    assertThat(offsets).containsOnly(Map.entry(ZoneOffset.UTC, "x"));

    PersistentMap<byte[], String> bytes = memo.map("bytes", byte[].class, String.class);
    bytes.put(new byte[] {1}, "x");
    assertThat(bytes.get(new byte[] {1})).isEqualTo("x");
  }

  /** No class is made that data names. */
  @Test
  void enumIsTheClassOfAllKeysOrNone() {
    PersistentMap<List<?>, String> map = lists();

    assertThatThrownBy(() -> map.put(List.of(DayOfWeek.FRIDAY), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a java.time.DayOfWeek cannot be a key that is read back; use a string, number,"
            + " boolean, character, byte[], UUID, URI, path or value of java.time, a list of these,"
            + " or an enum as the class of all keys; or give a Codec that writes equal keys as the"
            + " same bytes");
    assertThat(map).isEmpty();
  }

  @SuppressWarnings("unchecked") // a list of anything is a list
  private PersistentMap<List<?>, String> lists() {
    return memo.map("lists", (Class<List<?>>) (Class<?>) List.class, String.class);
  }

  @Test
  void constantWithABodyIsAValue() {
    PersistentMap<String, Place> map = memo.map("places", String.class, Place.class);
    map.put("a", Place.LAND);
    map.put("b", Place.LAND);

    assertThat(map.replace("a", Place.LAND, Place.SEA)).isTrue();
    assertThat(map).containsOnly(Map.entry("a", Place.SEA), Map.entry("b", Place.LAND));
  }

  enum Place {
    SEA,
    LAND {
      @Override
      public String toString() {
        return "land";
      }
    }
  }

  @Test
  void keysWhoseBytesAreNotTheirsToSayAreRefused() {
    assertThatThrownBy(() -> memo.map("sets", Set.class, String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a java.util.Set cannot be a key that is read back; use a string");
    PersistentMap<Object, String> map = memo.map("any", Object.class, String.class);
    assertThatThrownBy(() -> map.put(Set.of(1), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be a key");
    assertThatThrownBy(() -> map.put(List.of(Map.of()), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(map).isEmpty();
  }

  @Test
  @SuppressWarnings("CollectionIncompatibleType") // on purpose
  void nullIsRefusedAndOtherClassesAreNotThere() {
    assertThatThrownBy(() -> map().put(null, 1)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map().put("a", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map().get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map().putAll(java.util.Collections.singletonMap("a", null)))
        .isInstanceOf(NullPointerException.class);
    map().put("a", 1);
    assertThat(map().get(1)).isNull();
    assertThat(map().containsValue("a")).isFalse();
    assertThat(map().remove("a", "x")).isFalse();
    assertThat(map().entrySet().contains(Map.entry("a", 1L))).isFalse();
    assertThat(map()).hasSize(1);
  }

  @Test
  void codecsWriteKeysAndValues() {
    PersistentMap<Long, List<String>> map =
        memo.map("codecs", new Codecs.Numbers(), new Codecs.Texts());
    map.put(1L, List.of("a"));
    map.compute(1L, (key, list) -> {
      list.add("b"); // its own copy
      return list;
    });
    assertThat(map).containsOnly(Map.entry(1L, List.of("a", "b")));
    assertThat(map.remove(1L, List.of("a", "b"))).isTrue();

    PersistentMap<String, Long> mixed = memo.map("mixed", String.class, new Codecs.Numbers());
    assertThat(mixed.merge("a", 1L, Long::sum)).isEqualTo(1);
    assertThat(mixed.merge("a", 2L, Long::sum)).isEqualTo(3);
  }

  @Test
  void conditionalChangesCompareByBytesOrByEquality() {
    PersistentMap<String, byte[]> bytes = memo.map("bytes", String.class, byte[].class);
    bytes.put("a", new byte[] {1});
    assertThat(bytes.replace("a", new byte[] {2}, new byte[] {3})).isFalse();
    assertThat(bytes.replace("a", new byte[] {1}, new byte[] {3})).isTrue();
    assertThat(bytes.remove("a", new byte[] {3})).isTrue();

    assertThat(map().replace("a", 1)).isNull();
    assertThat(map().replace("a", 1, 2)).isFalse();
    assertThat(map()).isEmpty();
  }

  /** A lock on the database would make the inner calls wait for the outer one, in vain. */
  @Test
  void functionsRunWhileNothingIsLocked() throws Exception {
    map().put("a", 1);
    try (Threads threads = new Threads();
        DiskMemo other = Stores.open(directory)) {
      PersistentMap<String, Integer> theirs = other.map("counts", String.class, Integer.class);
      Integer after = map().compute("a", (key, value) -> {
        try {
          Threads.result(threads.begin(() -> theirs.put("b", 7)));
        } catch (Exception e) {
          throw new AssertionError(e);
        }
        map().put("c", 8);
        return value + 1;
      });
      assertThat(after).isEqualTo(2);
      assertThat(theirs).hasToString("{a=2, b=7, c=8}");
    }
  }

  @Test
  void functionRunsAgainOnWhatAnotherPutMeanwhile() {
    map().put("a", 1);
    List<Integer> seen = new ArrayList<>();
    map().computeIfPresent("a", (key, value) -> {
      seen.add(value);
      if (seen.size() == 1) {
        map().put("a", 10);
      }
      return value + 1;
    });
    assertThat(seen).containsExactly(1, 10);
    assertThat(map()).containsEntry("a", 11);

    seen.clear();
    map().merge("a", 1, (old, one) -> {
      seen.add(old);
      if (seen.size() == 1) {
        map().remove("a");
      }
      return old + one;
    });
    assertThat(seen).containsExactly(11);
    assertThat(map()).containsEntry("a", 1);
    assertThat(map().computeIfAbsent("z", key -> {
          map().put("z", 5);
          return 6;
        }))
        .isEqualTo(5);
  }

  @Test
  void functionThatThrowsChangesNothing() {
    map().put("a", 1);
    assertThatThrownBy(() -> map().compute("a", (key, value) -> {
          throw new IllegalStateException("no");
        }))
        .hasMessage("no");
    assertThat(map()).containsEntry("a", 1);
    assertThat(map().compute("a", (key, value) -> null)).isNull();
    assertThat(map()).isEmpty();
  }

  @Test
  void manyThreadsThroughTwoInstancesLoseNoUpdate() throws Exception {
    try (Threads threads = new Threads();
        DiskMemo other = Stores.open(directory)) {
      PersistentMap<String, Integer> mine = map();
      PersistentMap<String, Integer> theirs = other.map("counts", String.class, Integer.class);
      Threads.results(threads.begin(4, () -> {
        for (int i = 0; i < 25; i++) {
          mine.merge("sum", 1, Integer::sum);
          theirs.compute("sum", (key, value) -> value + 1);
        }
        return true;
      }));
      assertThat(mine).containsEntry("sum", 200);
    }
  }

  @Test
  void viewsWriteThroughAndIteratorsGoOverPages() {
    Map<String, Integer> many = new LinkedHashMap<>();
    IntStream.range(0, 350).forEach(i -> many.put("k" + i, i));
    map().putAll(many);
    assertThat(List.copyOf(map().entrySet())).isEqualTo(List.copyOf(many.entrySet()));

    Iterator<Map.Entry<String, Integer>> entries = map().entrySet().iterator();
    entries.next();
    entries.remove();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    entries.next().setValue(-1);
    assertThat(map()).hasSize(349).containsEntry("k1", -1).doesNotContainKey("k0");
    assertThat(map().values().removeIf(value -> value >= 10)).isTrue();
    assertThat(map().keySet())
        .containsExactly("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9");
    map().replaceAll((key, value) -> 2 * value);
    assertThat(map().values()).containsExactly(-2, 4, 6, 8, 10, 12, 14, 16, 18);
    assertThat(map().keySet().retainAll(Set.of("k2", "k3"))).isTrue();
    assertThat(map().entrySet().remove(Map.entry("k2", 5))).isFalse();
    assertThat(map().entrySet().remove(Map.entry("k2", 4))).isTrue();
    assertThat(map()).hasToString("{k3=6}");
  }

  /** A stream of known size fails if it is another by the end. */
  @Test
  void streamsEndWellWhileOthersPut() {
    map().put("a", 1);
    assertThat(map().keySet().stream().peek(this::putTwice).toList()).containsExactly("a", "aa");
    map().remove("aa");
    assertThat(map().values().stream().peek(value -> putTwice("a")).toList()).containsExactly(1, 0);
    map().remove("aa");
    assertThat(map().entrySet().stream().peek(entry -> putTwice(entry.getKey())).toList())
        .containsExactly(Map.entry("a", 1), Map.entry("aa", 0));
  }

  private void putTwice(String key) {
    if (key.length() == 1) {
      map().put(key + key, 0);
    }
  }

  /** What was put since under the same key is another entry. */
  @Test
  void iteratorRemovesTheEntryThatItSaw() {
    map().put("a", 1);
    Iterator<String> keys = map().keySet().iterator();
    keys.next();
    map().remove("a");
    map().put("a", 2);
    keys.remove();
    assertThat(map()).containsEntry("a", 2);
  }

  @Test
  void valueThatCannotBeReadCanBeRemovedByItsKey() {
    memo.map("codec", String.class, new Codecs.Text()).put("a", "text");
    memo.close();
    memo = Stores.open(directory);
    PersistentMap<String, Long> wrong = memo.map("codec", String.class, new Codecs.Numbers());

    assertThatThrownBy(() -> wrong.get("a"))
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining(
            "read map codec: what is stored cannot be read as a codec, and stays");
    assertThatThrownBy(() -> wrong.put("a", 1L)).isInstanceOf(DiskMemoException.class);
    assertThat(wrong.containsKey("a")).isTrue();
    assertThat(wrong.keySet()).containsExactly("a");
    assertThat(wrong.keySet().remove("a")).isTrue();
    assertThat(wrong).isEmpty();
  }
}
