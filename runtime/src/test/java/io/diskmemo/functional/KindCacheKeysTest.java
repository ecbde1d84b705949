package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.KindCache;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what entries are found that are put by hand. */
class KindCacheKeysTest {
  @TempDir
  Path directory;

  private DiskMemo memo;
  private KindCache cache;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
    cache = memo.kind("default");
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void keysOfDifferentTypesAreDifferent() {
    List<Object> keys = List.of(
        1,
        1L,
        "1",
        '1',
        1.0,
        1.0f,
        (byte) 1,
        (short) 1,
        true,
        BigDecimal.ONE,
        BigInteger.ONE,
        List.of(1),
        List.of(List.of(1)),
        List.of(),
        "",
        List.of("ab", "c"),
        List.of("a", "bc"),
        new byte[] {1},
        Path.of("1"),
        URI.create("1"),
        UUID.randomUUID(),
        Instant.EPOCH,
        LocalDate.EPOCH,
        LocalTime.MIDNIGHT,
        LocalDateTime.MIN,
        OffsetDateTime.MIN,
        OffsetTime.MIN,
        ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC),
        Duration.ZERO,
        Period.ZERO,
        Year.of(1),
        YearMonth.of(1, 1),
        MonthDay.of(1, 1),
        ZoneId.of("Asia/Tokyo"),
        ZoneOffset.UTC,
        List.of(LocalTime.MIDNIGHT),
        Thread.State.NEW);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(cache.add(keys.get(i), i)).as("%s", keys.get(i)).isTrue();
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(cache.get(keys.get(i), Integer.class)).contains(i);
    }
  }

  @Test
  void keysWithoutAnEncodingAreRefused() {
    for (Object key :
        List.of(new Object(), Map.of(), Set.of(1), List.of(new Object()), new int[1])) {
      assertThatThrownBy(() -> cache.get(key, String.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be a key");
    }
    assertThatThrownBy(() -> memo.kind("Not A Name")).isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void keysAreListedOverPagesAndCanBeUsed() {
    Set<Key> listed = new HashSet<>();
    try (var batch = memo.batch()) {
      for (int i = 0; i < 2_500; i++) {
        cache.put(i, i);
      }
      batch.commit();
    }
    assertThat(cache.keys().limit(1)).hasSize(1);
    assertThat(cache.keys()).isSorted();
    cache.keys().forEach(listed::add);
    assertThat(listed).hasSize(2_500);

    Key key = cache.keys().skip(2_400).findFirst().orElseThrow();
    assertThat(cache.get(key, Integer.class)).isPresent();
    assertThat(cache.delete(key)).isTrue();
    assertThat(cache.delete(key)).isFalse();
    assertThat(cache.keys()).hasSize(2_499).doesNotContain(key);
    assertThat(memo.kind("empty").keys()).isEmpty();
  }

  @Test
  void keysOfMethodsAndOfHandNeverMeet() {
    TestMethod<String> method = TestMethod.text("m").in(memo);
    method.call("a");
    cache.put("a", "by hand");

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(cache.get("a", String.class)).contains("by hand");
    assertThat(cache.stats().entries()).isEqualTo(2);
  }
}
