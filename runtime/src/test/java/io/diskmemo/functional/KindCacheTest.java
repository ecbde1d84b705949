package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindCacheTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private DiskMemo memo;
  private KindCache cache;

  /** Written by Jackson. */
  record Point(int x, int y) {}

  @BeforeEach
  void open() {
    memo = Stores.open(directory, clock);
    cache = memo.kind("default");
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private void reopen() {
    close();
    open();
  }

  @Test
  void valueOfEveryTypeComesBackFromMemoryAndFromDisk() {
    List<Object> values = List.of(
        true,
        (byte) 1,
        (short) 2,
        'c',
        3,
        4L,
        5.0f,
        Double.NaN,
        "",
        "wide 日本 \uD800",
        new BigDecimal("1.50"),
        new BigInteger("-99999999999999999999"),
        UUID.randomUUID(),
        URI.create("a:b"),
        Instant.MAX,
        LocalDate.MIN,
        LocalDateTime.MAX,
        Duration.ofNanos(-1),
        LocalTime.MAX,
        OffsetDateTime.MIN,
        OffsetTime.MAX,
        ZonedDateTime.of(LocalDateTime.MAX, ZoneId.of("Asia/Tokyo")),
        Period.of(-1, 2, 3),
        Year.of(-1),
        YearMonth.of(2024, 2),
        MonthDay.of(2, 29),
        ZoneId.of("Europe/Paris"),
        ZoneOffset.ofHours(2),
        Path.of("a", "b"),
        List.of(1, "a"),
        List.of(Path.of("a"), LocalTime.NOON, ZoneOffset.UTC),
        Set.of("s"),
        Map.of("k", 1L),
        new Point(1, 2));
    for (int i = 0; i < values.size(); i++) {
      assertThat(cache.put(i, values.get(i))).isTrue();
      assertThat(cache.get(i, typeOf(values.get(i))))
          .as("from memory: %s", values.get(i))
          .hasToString(Optional.of(values.get(i)).toString());
    }
    reopen();
    for (int i = 0; i < values.size(); i++) {
      assertThat(cache.get(i, typeOf(values.get(i))))
          .as("from disk: %s", values.get(i))
          .hasToString(Optional.of(values.get(i)).toString());
    }
  }

  /** Classes that Jackson writes have to be asked for by name. */
  private static Class<?> typeOf(Object value) {
    return value instanceof Point ? Point.class : Object.class;
  }

  enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "large";
      }
    }
  }

  /** A constant with a body has a class of its own, under which it could not be asked for. */
  @Test
  void constantsOfEnumsComeBackByTheirEnum() {
    for (Size size : Size.values()) {
      assertThat(cache.put(size, size)).isTrue();
    }
    reopen();
    for (Size size : Size.values()) {
      assertThat(cache.get(size, Size.class)).contains(size);
    }
    assertThatThrownBy(() -> cache.put("k", List.of(Size.SMALL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Size within a list, set or map could not be read back; put it by");
  }

  @Test
  void pathsAndZonesComeBackByTheirGeneralClass() {
    cache.put("path", Path.of("a"));
    cache.put("zone", ZoneOffset.UTC);

    assertThat(cache.get("path", Path.class)).contains(Path.of("a"));
    assertThat(cache.get("zone", ZoneId.class)).contains(ZoneOffset.UTC);
  }

  /** Is written as bytes that are no number, as those of a later JDK can be none for this one. */
  private static final class Unreadable extends BigInteger {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("1");
    }

    @Override
    public byte[] toByteArray() {
      return new byte[0];
    }
  }

  @Test
  void valueThatCannotBeReadAnyMoreIsCorruptAndStays() {
    cache.put("number", new Unreadable());

    assertCorrupt(() -> cache.get("number", BigInteger.class));
    assertCorrupt(() -> cache.getAll(List.of("number"), BigInteger.class));
    reopen();
    assertCorrupt(() -> cache.getAll(List.of("number"), BigInteger.class));
    assertCorrupt(() -> cache.get("number", BigInteger.class));
    assertCorrupt(() -> cache.pop("number", BigInteger.class));
    assertCorrupt(() -> cache.increment("number", 1));
    assertThat(cache.contains("number")).isTrue();
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(CorruptValueException.class)
        .hasCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void eachGetsAnArrayOfItsOwnAndUnmodifiableCollections() {
    cache.put("array", new byte[] {1});
    cache.get("array", byte[].class).orElseThrow()[0] = 9;
    assertThat(cache.get("array", byte[].class).orElseThrow()).containsExactly(1);

    cache.put("list", new ArrayList<>(Arrays.asList("a", null)));
    List<?> list = cache.get("list", List.class).orElseThrow();
    assertThat(list).isEqualTo(Arrays.asList("a", null));
    assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void valueOfAnotherTypeIsRefusedWithBothTypes() {
    cache.put("k", "text");

    assertThatThrownBy(() -> cache.get("k", Long.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessage("the entry holds a java.lang.String, not a java.lang.Long");
    assertThatThrownBy(() -> cache.pop("k", Long.class)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> cache.increment("k", 1)).isInstanceOf(ClassCastException.class);
    assertThat(cache.get("k", String.class)).contains("text");
    cache.put("json", new Point(1, 2));
    assertThatThrownBy(() -> cache.get("json", String.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("Point");
  }

  /** It was written, and could never be read. */
  @Test
  void valueInACollectionThatCouldNotBeReadBackIsRefusedWhenItIsPut() {
    assertThatThrownBy(() -> cache.put("k", List.of(new Point(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Point");
    assertThat(cache.contains("k")).isFalse();
  }

  @Test
  void valuesThatCannotBeWrittenAreRefused() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> cache.put("k", itself)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.put("k", null)).isInstanceOf(NullPointerException.class);
    assertThat(cache.stats().entries()).isZero();
  }

  /** No filter and no goal evicts by it. */
  @Test
  void blankTagIsRefused() {
    for (String blank : List.of("", " ", "\t")) {
      assertThatThrownBy(() -> cache.put("k", 1, MINUTE, "t", blank))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "tag 2 of an entry to be put into kind default is blank, and maintenance evicts"
                  + " by no blank tag; name it, or leave it out");
      assertThatThrownBy(() -> cache.putAll(Map.of("k", 1), MINUTE, blank))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tag 1 of an entry");
    }
    assertThat(cache.stats().entries()).isZero();
  }

  @Test
  void nullIsNeitherKeyNorValue() {
    assertThatThrownBy(() -> cache.put(null, 1)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.get(null, String.class))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.put("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.add("k", null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void addStoresOnlyWhereNothingIs() {
    assertThat(cache.add("k", 1)).isTrue();
    assertThat(cache.add("k", 2)).isFalse();
    assertThat(cache.get("k", Integer.class)).contains(1);

    cache.put("brief", 1, MINUTE);
    clock.advance(MINUTE);
    assertThat(cache.add("brief", 2)).isTrue();
    assertThat(cache.get("brief", Integer.class)).contains(2);
  }

  @Test
  void entryIsGoneWhenItsTimeIsOver() {
    cache.put("k", 1, MINUTE);
    clock.advance(MINUTE.minusMillis(1));
    assertThat(cache.contains("k")).isTrue();
    assertThat(cache.get("k", Integer.class)).contains(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(cache.contains("k")).isFalse();
    assertThat(cache.get("k", Integer.class)).isEmpty();
    assertThat(cache.pop("k", Integer.class)).isEmpty();
    assertThatThrownBy(() -> cache.put("k", 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void touchGivesAnotherTimeToLive() {
    cache.put("k", 1, MINUTE);
    cache.get("k", Integer.class);
    assertThat(cache.touch("k", MINUTE.multipliedBy(3))).isTrue();
    clock.advance(MINUTE.multipliedBy(2));
    assertThat(cache.get("k", Integer.class)).contains(1);

    assertThat(cache.touch("k", Duration.ofMillis(1))).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("k", Integer.class)).isEmpty();
    assertThat(cache.touch("k", MINUTE)).isFalse();
    assertThat(cache.touch("absent", MINUTE)).isFalse();
    assertThatThrownBy(() -> cache.touch("k", MINUTE.negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void popRemovesAndReturns() {
    cache.put("k", "v");
    cache.get("k", String.class);

    assertThat(cache.pop("k", String.class)).contains("v");
    assertThat(cache.pop("k", String.class)).isEmpty();
    assertThat(cache.get("k", String.class)).isEmpty();
  }

  @Test
  void incrementCountsFromZeroAndKeepsTimeToLiveAndTags() {
    assertThat(cache.increment("new", 5)).isEqualTo(5);
    assertThat(cache.increment("new", -7)).isEqualTo(-2);
    assertThat(cache.get("new", Long.class)).contains(-2L);

    cache.put("old", 1L, MINUTE, "t");
    clock.advance(Duration.ofSeconds(30));
    assertThat(cache.increment("old", 1)).isEqualTo(2);
    assertThat(cache.evictTag("t")).isEqualTo(1);
    cache.put("old", 1L, MINUTE);
    cache.increment("old", 1);
    clock.advance(MINUTE);
    assertThat(cache.increment("old", 1)).isEqualTo(1);
  }

  @Test
  void primitiveClassesStandForTheirValues() {
    cache.put("i", 7);
    cache.put("b", true);

    assertThat(cache.get("i", int.class)).contains(7);
    assertThat(cache.getAll(List.of("i", "none"), int.class)).containsExactly(Map.entry("i", 7));
    assertThat(cache.pop("b", boolean.class)).contains(true);
    assertThatThrownBy(() -> cache.get("i", long.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessage("the entry holds a java.lang.Integer, not a java.lang.Long");
  }

  @Test
  void incrementBeyondTheRangeOfNumbersChangesNothing() {
    cache.put("k", Long.MAX_VALUE);

    assertThatThrownBy(() -> cache.increment("k", 1)).isInstanceOf(ArithmeticException.class);
    assertThat(cache.get("k", Long.class)).contains(Long.MAX_VALUE);
    assertThat(cache.increment("other", 1)).isEqualTo(1);
  }

  @Test
  void everyMethodSaysThatTheDirectoryWasClosed() {
    cache.put("k", 1L);
    cache.get("k", Long.class);
    Key key = cache.keys().findFirst().orElseThrow();
    memo.close();
    List<Runnable> calls = List.of(
        () -> cache.get("k", Long.class),
        () -> cache.put("k", 1L),
        () -> cache.put("k", 1L, MINUTE),
        () -> cache.add("k", 1L),
        () -> cache.contains("k"),
        () -> cache.touch("k", MINUTE),
        () -> cache.pop("k", Long.class),
        () -> cache.increment("k", 1),
        () -> cache.getAll(List.of("k"), Long.class),
        () -> cache.getAll(List.of(key), Long.class),
        () -> cache.putAll(Map.of("k", 1L), MINUTE),
        () -> cache.get(key, Long.class),
        () -> cache.tags(),
        () -> memo.maintenance().run(),
        () -> memo.maintenance().restore(),
        () -> memo.evictTag("t"),
        memo::kindNames,
        memo::batch,
        () -> memo.prefetch(() -> {}),
        () -> memo.lock("l"),
        () -> memo.semaphore("s", 1),
        () -> memo.barrier("b"),
        () -> memo.throttle("t", 1, MINUTE),
        () -> memo.average("a"),
        () -> memo.average("a", MINUTE),
        () -> memo.deque("d", String.class),
        () -> memo.map("m", String.class, String.class),
        () -> cache.delete("k"),
        cache::clear,
        () -> cache.evictTag("t"),
        cache::keys,
        cache::expire,
        cache::cull,
        cache::check,
        cache::volume,
        cache::stats);

    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i)::run)
          .as("call %d", i)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed; open it again");
    }
    assertThatThrownBy(() -> memo.kind("default"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed; open it again");
  }
}
