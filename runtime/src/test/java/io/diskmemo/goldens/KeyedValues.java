package io.diskmemo.goldens;

import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyEncoder;
import io.diskmemo.key.KeyWriter;
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Values of every type that a key can hold: made by chance, many of them alike, and written as
 * generated code writes them.
 */
final class KeyedValues {
  private static final int DEEPEST = 3;
  private static final LocalDateTime TIME = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999);
  private static final List<String> TEXTS = List.of(
      "", "a", "b", "ab", "\0", "?", "\uD800", "\uDC00", "\uD800\uDC00", "é", "日", "1", "null");
  private static final List<ZoneId> ZONES =
      List.of(ZoneOffset.UTC, ZoneId.of("GMT"), ZoneId.of("+05:30"), ZoneId.of("Asia/Kolkata"));
  private static final double[] DOUBLES = {
    0.0, -0.0, 1, Double.NaN, Double.longBitsToDouble(0xFFF8000000000001L), Double.MIN_VALUE, 1e300
  };

  private final Random random;

  KeyedValues(Random random) {
    this.random = random;
  }

  record Point(int x, Integer y) {}

  record Box(Object value, List<Object> more) {}

  record Nothing() {}

  enum Level {
    LOW,
    HIGH {}
  }

  /** Writes any number of values, and not how many they are. */
  record Written(List<Object> values) implements KeyEncodable {
    @Override
    public void encodeKey(KeyWriter key) {
      values.forEach(value -> write(key, value));
    }
  }

  /** Written by {@link OfForeign}. */
  record Foreign(List<Object> values) {}

  static final class OfForeign implements KeyEncoder<Foreign> {
    @Override
    public void encode(KeyWriter key, Foreign value) {
      value.values().forEach(part -> write(key, part));
    }
  }

  /** The arguments of one call, one to three. */
  List<Object> arguments() {
    return values(1 + random.nextInt(3), DEEPEST);
  }

  private List<Object> values(int count, int depth) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(depth));
    }
    return values;
  }

  private Object value(int depth) {
    return depth > 0 && random.nextInt(5) < 3 ? nested(depth - 1) : single();
  }

  private Object nested(int depth) {
    int size = random.nextInt(3);
    return switch (random.nextInt(10)) {
      case 0, 1 -> values(size, depth);
      case 2 -> new LinkedHashSet<>(values(size, depth));
      case 3 -> map(size, depth);
      case 4 -> Optional.ofNullable(value(depth));
      case 5 -> values(size, depth).toArray();
      case 6 -> new Point(small(), random.nextBoolean() ? null : small());
      case 7 -> new Box(value(depth), random.nextBoolean() ? null : values(size, depth));
      case 8 -> new Written(values(size, depth));
      default -> new Foreign(values(size, depth));
    };
  }

  private Map<Object, Object> map(int size, int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(value(depth), value(depth));
    }
    return map;
  }

  private Object single() {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> text();
      case 2 -> time();
      case 3 -> array();
      default -> number();
    };
  }

  private int small() {
    return random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(4) - 1;
  }

  private String text() {
    return random.nextInt(20) == 0
        ? "long".repeat(random.nextInt(6000))
        : TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private Object number() {
    List<Supplier<Object>> numbers = List.of(
        random::nextBoolean,
        this::small,
        () -> (long) small(),
        () -> (byte) small(),
        () -> (short) small(),
        () -> (char) ('a' + random.nextInt(3)),
        this::anyDouble,
        () -> (float) anyDouble(),
        () -> BigDecimal.valueOf(small(), random.nextInt(3)),
        () -> BigInteger.valueOf(small()).pow(1 + random.nextInt(9)),
        () -> new UUID(small(), small()),
        () -> URI.create("a:" + small()),
        () -> Path.of("a" + small()),
        () -> new File("a" + small()),
        () -> Level.values()[random.nextInt(2)],
        Nothing::new);
    return numbers.get(random.nextInt(numbers.size())).get();
  }

  private double anyDouble() {
    return DOUBLES[random.nextInt(DOUBLES.length)];
  }

  private Object time() {
    LocalDateTime time = TIME.plusNanos(small()).plusDays(small());
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    ZonedDateTime zoned = time.atZone(zone);
    List<Object> times = List.of(
        zoned,
        zone,
        zoned.toInstant(),
        zoned.toOffsetDateTime(),
        zoned.toOffsetDateTime().toOffsetTime(),
        time,
        time.toLocalDate(),
        time.toLocalTime(),
        Duration.ofNanos(small()),
        Period.of(small(), small(), small()),
        Year.of(random.nextInt(3)),
        YearMonth.of(random.nextInt(3), 1 + random.nextInt(3)),
        MonthDay.of(1 + random.nextInt(3), 1 + random.nextInt(3)));
    return times.get(random.nextInt(times.size()));
  }

  private Object array() {
    int length = random.nextInt(3);
    Object array = switch (random.nextInt(8)) {
      case 0 -> new boolean[length];
      case 1 -> new byte[random.nextInt(20) == 0 ? 20_000 : length];
      case 2 -> new short[length];
      case 3 -> new char[length];
      case 4 -> new int[length];
      case 5 -> new long[length];
      case 6 -> new float[length];
      default -> new double[length];
    };
    for (int i = 0; i < length; i++) {
      if (array instanceof boolean[] booleans) {
        booleans[i] = random.nextBoolean();
      } else if (array instanceof char[] chars) {
        chars[i] = (char) random.nextInt(3);
      } else {
        Array.setByte(array, i, (byte) small());
      }
    }
    return array;
  }

  /** What is equal exactly if two values are, arrays by content. */
  static Object structure(Object value) {
    if (value instanceof List<?> list) {
      return List.of("list", all(list));
    } else if (value instanceof Set<?> set) {
      return List.of("set", counts(all(set)));
    } else if (value instanceof Map<?, ?> map) {
      List<Object> entries = new ArrayList<>();
      map.forEach((name, element) -> entries.add(List.of(structure(name), structure(element))));
      return List.of("map", counts(entries));
    } else if (value instanceof Optional<?> optional) {
      return List.of("optional", optional.map(KeyedValues::structure));
    } else if (value instanceof Box box) {
      return List.of(Box.class, structure(box.value()), structure(box.more()));
    } else if (value instanceof Written written) {
      return List.of(Written.class, all(written.values()));
    } else if (value instanceof Foreign foreign) {
      return List.of(Foreign.class, all(foreign.values()));
    } else if (value != null && value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(structure(Array.get(value, i)));
      }
      return List.of(value.getClass(), elements);
    }
    return value == null ? "null" : List.of(value.getClass(), value);
  }

  /** A set may hold several arrays of the same content. */
  private static Map<Object, Integer> counts(List<Object> structures) {
    Map<Object, Integer> counts = new HashMap<>();
    structures.forEach(structure -> counts.merge(structure, 1, Integer::sum));
    return counts;
  }

  private static List<Object> all(Iterable<?> values) {
    List<Object> structures = new ArrayList<>();
    values.forEach(value -> structures.add(structure(value)));
    return structures;
  }

  static void write(KeyWriter key, Object value) {
    if (value == null) {
      key.writeNull();
    } else if (!writeNested(key, value) && !writeTime(key, value) && !writeArray(key, value)) {
      writeSingle(key, value);
    }
  }

  private static boolean writeNested(KeyWriter key, Object value) {
    if (value instanceof List<?> list) {
      key.beginList(list.size());
      list.forEach(element -> write(key, element));
    } else if (value instanceof Set<?> set) {
      key.beginSet(set.size());
      set.forEach(element -> {
        key.beginElement();
        write(key, element);
      });
      key.endSet();
    } else if (value instanceof Map<?, ?> map) {
      key.beginMap(map.size());
      map.forEach((name, element) -> {
        key.beginElement();
        write(key, name);
        write(key, element);
      });
      key.endMap();
    } else if (value instanceof Optional<?> optional) {
      key.beginOptional(optional.isPresent());
      optional.ifPresent(inner -> write(key, inner));
    } else if (value instanceof Object[] array) {
      key.beginArray(array.length);
      for (Object element : array) {
        write(key, element);
      }
    } else if (value instanceof KeyEncodable encodable) {
      key.writeEncodable(encodable);
    } else if (value instanceof Foreign foreign) {
      key.writeEncoded(foreign, new OfForeign());
    } else if (value instanceof Record components) {
      writeRecord(key, components);
    } else {
      return false;
    }
    return true;
  }

  private static void writeRecord(KeyWriter key, Record value) {
    RecordComponent[] components = value.getClass().getRecordComponents();
    key.beginRecord(value.getClass().getName(), components.length);
    for (RecordComponent component : components) {
      try {
        write(key, component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("records of this class can be read", e);
      }
    }
  }

  private static void writeSingle(KeyWriter key, Object value) {
    if (value instanceof String single) {
      key.writeString(single);
    } else if (value instanceof Boolean single) {
      key.writeNullableBoolean(single);
    } else if (value instanceof Byte single) {
      key.writeNullableByte(single);
    } else if (value instanceof Short single) {
      key.writeNullableShort(single);
    } else if (value instanceof Character single) {
      key.writeNullableChar(single);
    } else if (value instanceof Integer single) {
      key.writeNullableInt(single);
    } else if (value instanceof Long single) {
      key.writeNullableLong(single);
    } else if (value instanceof Float single) {
      key.writeNullableFloat(single);
    } else if (value instanceof Double single) {
      key.writeNullableDouble(single);
    } else if (value instanceof BigDecimal single) {
      key.writeBigDecimal(single);
    } else if (value instanceof BigInteger single) {
      key.writeBigInteger(single);
    } else if (value instanceof UUID single) {
      key.writeUuid(single);
    } else if (value instanceof URI single) {
      key.writeUri(single);
    } else if (value instanceof Path single) {
      key.writePath(single);
    } else if (value instanceof File single) {
      key.writeFile(single);
    } else {
      key.writeEnum((Enum<?>) value);
    }
  }

  private static boolean writeTime(KeyWriter key, Object value) {
    if (value instanceof Instant time) {
      key.writeInstant(time);
    } else if (value instanceof LocalDate time) {
      key.writeLocalDate(time);
    } else if (value instanceof LocalTime time) {
      key.writeLocalTime(time);
    } else if (value instanceof LocalDateTime time) {
      key.writeLocalDateTime(time);
    } else if (value instanceof OffsetDateTime time) {
      key.writeOffsetDateTime(time);
    } else if (value instanceof OffsetTime time) {
      key.writeOffsetTime(time);
    } else if (value instanceof ZonedDateTime time) {
      key.writeZonedDateTime(time);
    } else if (value instanceof Duration time) {
      key.writeDuration(time);
    } else if (value instanceof Period time) {
      key.writePeriod(time);
    } else if (value instanceof Year time) {
      key.writeYear(time);
    } else if (value instanceof YearMonth time) {
      key.writeYearMonth(time);
    } else if (value instanceof MonthDay time) {
      key.writeMonthDay(time);
    } else if (value instanceof ZoneId zone) {
      key.writeZoneId(zone);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeArray(KeyWriter key, Object value) {
    if (value instanceof boolean[] array) {
      key.writeBooleanArray(array);
    } else if (value instanceof byte[] array) {
      key.writeByteArray(array);
    } else if (value instanceof short[] array) {
      key.writeShortArray(array);
    } else if (value instanceof char[] array) {
      key.writeCharArray(array);
    } else if (value instanceof int[] array) {
      key.writeIntArray(array);
    } else if (value instanceof long[] array) {
      key.writeLongArray(array);
    } else if (value instanceof float[] array) {
      key.writeFloatArray(array);
    } else if (value instanceof double[] array) {
      key.writeDoubleArray(array);
    } else {
      return false;
    }
    return true;
  }
}
