package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.key.Key;
import io.diskmemo.key.KeyWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/key-format.md is enough to make keys, and says what the code does. */
class KeyFormatTest {
  private static final Path DOCUMENT = Path.of("../docs/key-format.md");
  private static final Pattern TAG =
      Pattern.compile("(?m)^\\| `([0-9a-f]{2})` \\| `([A-Z_]+)` \\|");
  private static final Pattern EXAMPLE = Pattern.compile(
      "(?s)Description: `(.+?)`.*?```hex\n(.*?)```\n\nKey: `(\\w+)`(\n\nWith the secret `(.+?)`.*?`(\\w+)`)?");
  private static final LocalDateTime TIME = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999);
  private static final ZoneOffset OFFSET = ZoneOffset.ofHoursMinutes(5, 30);

  @TempDir
  Path directory;

  @Test
  void documentListsEveryTypeTagWithItsByte() throws Exception {
    Map<String, String> inCode = new TreeMap<>();
    for (Field field : Class.forName("io.diskmemo.key.TypeTag").getDeclaredFields()) {
      field.setAccessible(true);
      inCode.put(field.getName(), HexFormat.of().toHexDigits(field.getByte(null)));
    }
    Map<String, String> inDocument = new TreeMap<>();
    TAG.matcher(Files.readString(DOCUMENT))
        .results()
        .forEach(row -> assertThat(inDocument.put(row.group(2), row.group(1))).isNull());

    assertThat(inDocument).isEqualTo(inCode);
    assertThat(Set.copyOf(inDocument.values())).hasSameSizeAs(inDocument.values());
  }

  @Test
  void secondImplementationGivesTheKeysOfRandomArguments() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    KeyedValues values = new KeyedValues(new Random(seed));
    for (int i = 0; i < 20_000; i++) {
      List<Object> arguments = values.arguments();
      KeyWriter first = new KeyWriter();
      arguments.forEach(argument -> KeyedValues.write(first, argument));
      byte[] preimage = SecondKeyEncoder.preimage(plain(arguments));

      assertThat(first.sizeBytes()).as("seed %d: %s", seed, arguments).isEqualTo(preimage.length);
      assertThat(first.toKey())
          .as("seed %d: %s", seed, arguments)
          .isEqualTo(Key.of(SecondKeyEncoder.key(preimage)));
    }
  }

  private static List<Object> plain(Iterable<?> values) {
    List<Object> plain = new ArrayList<>();
    values.forEach(value -> plain.add(plain(value)));
    return plain;
  }

  /** Says of a value that writes itself what it writes, at any depth. */
  private static Object plain(Object value) {
    if (value instanceof KeyedValues.Written written) {
      return new SecondKeyEncoder.Written(
          0x19, KeyedValues.Written.class.getName(), plain(written.values()));
    } else if (value instanceof KeyedValues.Foreign foreign) {
      return new SecondKeyEncoder.Written(
          0x1a, KeyedValues.OfForeign.class.getName(), plain(foreign.values()));
    } else if (value instanceof KeyedValues.Box box) {
      List<Object> more = box.more() == null ? null : plain(box.more());
      return new KeyedValues.Box(plain(box.value()), more);
    } else if (value instanceof List<?> list) {
      return plain((Iterable<?>) list);
    } else if (value instanceof Set<?> set) {
      return new LinkedHashSet<>(plain((Iterable<?>) set));
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((name, element) -> plain.put(plain(name), plain(element)));
      return plain;
    } else if (value instanceof Optional<?> optional) {
      return optional.map(KeyFormatTest::plain);
    } else if (value instanceof Object[] array) {
      return plain(Arrays.asList(array)).toArray();
    }
    return value;
  }

  @Test
  void secondImplementationGivesTheGoldenVectors() throws Exception {
    Map<String, Object> arguments = goldenArguments();
    List<String> lines = golden();
    assertThat(lines.get(0)).isEqualTo("format 1");
    for (String line : lines.subList(1, lines.size())) {
      String name = line.substring(0, line.indexOf(" = "));
      List<Object> values = new ArrayList<>();
      if (!"nothing".equals(name)) {
        assertThat(arguments).containsKey(name);
        values.add(arguments.get(name));
      }
      byte[] preimage = SecondKeyEncoder.preimage(values);

      assertThat(line)
          .isEqualTo(name
              + " = "
              + HexFormat.of().formatHex(preimage)
              + " "
              + HexFormat.of().formatHex(SecondKeyEncoder.key(preimage)));
    }
  }

  private static List<String> golden() throws IOException {
    try (InputStream in = KeyFormatTest.class.getResourceAsStream("keys-1.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Map<String, Object> goldenArguments() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : List.of("", " Integer", " String", " int[]", " content")) {
      values.put("null" + name, null);
    }
    values.put("KeyEncoder null", null);
    values.put("boolean", true);
    values.put("Boolean", false);
    values.put("byte", (byte) -1);
    values.put("short", (short) 258);
    values.put("char", '\uD800');
    values.put("int", 1);
    values.put("Integer", Integer.MIN_VALUE);
    values.put("long", 1L);
    values.put("float", 1.5f);
    values.put("float NaN", Float.NaN);
    values.put("double", -0.0);
    values.put("double NaN", Double.NaN);
    values.put("String", "aé日😀");
    values.put("String empty", "");
    values.put("String of lone surrogates", "\uD83D|\uDE00");
    values.put("enum", DayOfWeek.MONDAY);
    values.put("BigDecimal", new BigDecimal("-1.50"));
    values.put("BigInteger", BigInteger.TWO.pow(64));
    values.put("UUID", new UUID(1, 2));
    values.put("URI", URI.create("http://a/%20"));
    values.put("Path", Path.of("a"));
    values.put("File", new File("a"));
    values.put("content", new SecondKeyEncoder.Content(file));
    values.put("Instant", Instant.ofEpochSecond(-1, 5));
    values.put("LocalDate", TIME.toLocalDate());
    values.put("LocalTime", LocalTime.ofNanoOfDay(1));
    values.put("LocalDateTime", TIME);
    values.put("OffsetDateTime", OffsetDateTime.of(TIME, OFFSET));
    values.put("OffsetTime", OffsetTime.of(TIME.toLocalTime(), OFFSET));
    values.put("ZonedDateTime", ZonedDateTime.of(TIME, ZoneId.of("Asia/Kolkata")));
    values.put("Duration", Duration.ofNanos(-1));
    values.put("Period", Period.of(1, -2, 3));
    values.put("Year", Year.of(2024));
    values.put("YearMonth", YearMonth.of(2024, 2));
    values.put("MonthDay", MonthDay.of(2, 29));
    values.put("ZoneId", ZoneId.of("Europe/Paris"));
    values.put("ZoneOffset", OFFSET);
    values.put("boolean[]", new boolean[] {true, false});
    values.put("byte[]", new byte[] {1, 2});
    values.put("short[]", new short[] {1});
    values.put("char[]", new char[] {'a'});
    values.put("int[]", new int[] {1});
    values.put("long[]", new long[] {1});
    values.put("float[]", new float[] {1});
    values.put("double[]", new double[] {1});
    values.put("int[] empty", new int[0]);
    values.put("record", new io.test.Point(1, 2));
    values.put("list", List.of("ab", "c"));
    values.put("list empty", List.of());
    values.put("array", new String[] {"a"});
    values.put("optional", Optional.of("a"));
    values.put("optional empty", Optional.empty());
    values.put("set", Set.of("b", "a", "aa"));
    values.put("set empty", Set.of());
    values.put("map", Map.of("b", 1, "a", 1, "c", 1));
    values.put("map of sets", Map.of("x", Set.of("2", "1"), "b", Set.of("1", "2")));
    String tree = KeyGoldenTest.Tree.class.getName();
    values.put(
        "KeyEncodable",
        new SecondKeyEncoder.Written(
            0x19, tree, List.of(new SecondKeyEncoder.Written(0x19, tree, List.of()))));
    values.put(
        "KeyEncoder",
        new SecondKeyEncoder.Written(0x1a, KeyGoldenTest.OfText.class.getName(), List.of("a")));
    values.put(
        "Path of another file system",
        FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"));
    return values;
  }

  /** What wrappers make of them is compared with the document by the processor's tests. */
  @Test
  void examplesOfTheDocumentAreTheKeysThatItSays() throws Exception {
    int examples = 0;
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    while (example.find()) {
      String hex = example
          .group(2)
          .lines()
          .map(line -> line.split(" {2,}", 2)[0].replace(" ", ""))
          .reduce("", String::concat);
      byte[] preimage = HexFormat.of().parseHex(hex);
      byte[] description = SecondKeyEncoder.key(example.group(1).getBytes(StandardCharsets.UTF_8));
      String fingerprint = HexFormat.of().formatHex(description, 0, 16);

      assertThat(new String(preimage, StandardCharsets.ISO_8859_1)).contains(fingerprint);
      assertThat(Key.of(SecondKeyEncoder.key(preimage))).hasToString(example.group(3));
      if (example.group(4) != null) {
        byte[] secret = example.group(5).getBytes(StandardCharsets.US_ASCII);
        assertThat(Key.of(SecondKeyEncoder.key(preimage, secret))).hasToString(example.group(6));
      }
      examples++;
    }
    assertThat(examples).isEqualTo(2);
  }
}
