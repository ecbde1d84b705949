package io.diskmemo.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.JsonCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes of values that are put by hand. */
class PlainValuesTest {
  private static final PlainValues ANYTHING = new PlainValues(Object.class);
  private static final String ZERO = "0000000000000000";
  private static final LocalDateTime EPOCH = LocalDateTime.of(LocalDate.EPOCH, LocalTime.MIDNIGHT);
  private static final ZoneOffset HOUR = ZoneOffset.ofHours(1);

  private static Map<Object, String> vectors() {
    Map<Object, String> vectors = new LinkedHashMap<>();
    vectors.put(true, "010101");
    vectors.put((byte) -128, "020180");
    vectors.put((short) -2, "0301fffe");
    vectors.put('a', "04010061");
    vectors.put(1, "050100000001");
    vectors.put(1L, "06010000000000000001");
    vectors.put(1.5f, "07013fc00000");
    vectors.put(1.5, "08013ff8000000000000");
    vectors.put("é", "09010101e9");
    vectors.put(new byte[] {-1}, "0a0101ff");
    vectors.put(new BigDecimal("1.50"), "0b0100000002020096");
    vectors.put(BigInteger.ZERO, "0c010100");
    vectors.put(new UUID(1, 2), "0d0100000000000000010000000000000002");
    vectors.put(URI.create("a:b"), "0e010301613a62");
    vectors.put(Instant.EPOCH, "0f01" + ZERO + "00000000");
    vectors.put(LocalDate.EPOCH, "1001" + ZERO);
    vectors.put(EPOCH, "1101" + ZERO + ZERO);
    vectors.put(Duration.ofSeconds(1), "1201000000000000000100000000");
    vectors.put(LocalTime.ofNanoOfDay(1), "13010000000000000001");
    vectors.put(OffsetDateTime.of(EPOCH, HOUR), "1401" + ZERO + ZERO + "00000e10");
    vectors.put(OffsetTime.of(LocalTime.MIDNIGHT, HOUR), "1501" + ZERO + "00000e10");
    vectors.put(
        ZonedDateTime.of(EPOCH, ZoneOffset.UTC), "1601" + ZERO + ZERO + "00000000" + "01015a");
    vectors.put(Period.of(1, 2, 3), "1701000000010000000200000003");
    vectors.put(Year.of(2024), "1801000007e8");
    vectors.put(YearMonth.of(2024, 2), "1901000007e800000002");
    vectors.put(MonthDay.of(2, 29), "1a01000000020000001d");
    vectors.put(ZoneOffset.UTC, "1b0101015a");
    vectors.put(Path.of("a"), "1c01010161");
    vectors.put(Collections.singletonList(null), "1e0100");
    vectors.put(Set.of(1), "1f01050100000001");
    vectors.put(Map.of(1, true), "2001050100000001010101");
    return vectors;
  }

  @Test
  void everyTypeHasItsBytes() {
    vectors().forEach((value, hex) -> {
      ValueReader in = new ValueReader(HexFormat.of().parseHex(hex));

      assertThat(HexFormat.of().formatHex(ValueWriter.bytesOf(ANYTHING, value)))
          .as("%s", value)
          .isEqualTo(hex);
      assertThat(ANYTHING.read(in)).isEqualTo(value);
      in.end();
    });
  }

  @Test
  void everyTypeHasAVectorAndIsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("../docs/value-format.md"));
    String table =
        document.split("\n## Values that a program puts itself\n", 2)[1].split("\n## ", 2)[0];
    Map<Integer, String> documented = new HashMap<>();
    for (String line : table.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      for (int i = 1; i + 1 < cells.length; i += 2) {
        if (cells[i].matches(" [0-9]+ ")) {
          documented.put(Integer.parseInt(cells[i].strip()), cells[i + 1]);
        }
      }
    }
    Set<Object> values = vectors().keySet();
    for (PlainType type : PlainType.values()) {
      assertThat(documented.get((int) type.number()))
          .contains("`" + type.type().getSimpleName() + "`");
      assertThat(values).anyMatch(value -> type.type().isInstance(value));
    }
  }

  /** A class that has got a number since. */
  @Test
  void valueThatWasWrittenAsJsonIsStillRead() {
    LocalTime noon = LocalTime.NOON;
    ValueWriter out = new ValueWriter();
    out.writeByte((byte) 40);
    out.writeString(LocalTime.class.getName());
    JsonCodec.of(LocalTime.class).write(out, noon);

    assertThat(new PlainValues(LocalTime.class).read(new ValueReader(out.toBytes())))
        .isEqualTo(noon);
  }

  private enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "large";
      }
    }
  }

  @Test
  void constantIsWrittenUnderTheClassThatDeclaresIt() {
    for (Size size : Size.values()) {
      ValueReader in = new ValueReader(ValueWriter.bytesOf(ANYTHING, size));

      assertThat(in.readByte()).isEqualTo((byte) 40);
      assertThat(in.readString()).isEqualTo(Size.class.getName());
      assertThat(in.readByteArray()).asString().isEqualTo('"' + size.name() + '"');
      in.end();
    }
  }

  @Test
  void whatCanBeReadBackIsKnownBefore() {
    assertThat(new PlainValues(Size.class).canReadBack(Size.LARGE)).isTrue();
    assertThat(new PlainValues(Path.class).canReadBack(Path.of("a"))).isTrue();
    assertThat(ANYTHING.canReadBack(Size.SMALL)).isFalse();
    assertThat(List.of(1, "a")).allMatch(ANYTHING::canReadBack);
    assertThat(List.of(List.of(), Set.of(), Map.of())).allMatch(ANYTHING::canReadBack);
    assertThat(new PlainValues(ZoneOffset.class).canReadBack(ZoneOffset.UTC)).isTrue();
    assertThat(new PlainValues(Number.class).canReadBack(new Exact("1"))).isTrue();
  }

  /** Of its superclass when it is read back. */
  private static final class Exact extends BigDecimal {
    private static final long serialVersionUID = 1L;

    Exact(String digits) {
      super(digits);
    }
  }

  @Test
  void whatComesBackAsAnotherClassCannotBeReadBack() {
    Map<Class<?>, Object> values = Map.of(
        ArrayList.class, new ArrayList<>(),
        SortedSet.class, new TreeSet<>(),
        TreeSet.class, new TreeSet<>(),
        HashMap.class, new HashMap<>(),
        SortedMap.class, new TreeMap<>(),
        Exact.class, new Exact("1"));
    values.forEach((type, value) -> {
      ValueReader in = new ValueReader(ValueWriter.bytesOf(ANYTHING, value));

      assertThat(new PlainValues(type).canReadBack(value)).as("%s", type).isFalse();
      assertThatThrownBy(() -> new PlainValues(type).read(in))
          .isInstanceOf(ClassCastException.class);
    });
  }
}
