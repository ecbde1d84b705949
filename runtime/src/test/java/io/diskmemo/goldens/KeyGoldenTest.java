package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.key.Key;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyEncoder;
import io.diskmemo.key.KeyWriter;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key format, number 1. If one of these changes, every stored result is lost: a new number. */
class KeyGoldenTest {
  private static final LocalDateTime TIME = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999);
  private static final ZoneOffset OFFSET = ZoneOffset.ofHoursMinutes(5, 30);

  private static final FileSystem JDK = FileSystems.getFileSystem(URI.create("jrt:/"));

  @TempDir
  Path directory;

  /** Writes its branches, and not how many they are. */
  record Tree(List<Tree> branches) implements KeyEncodable {
    @Override
    public void encodeKey(KeyWriter key) {
      branches.forEach(key::writeEncodable);
    }
  }

  static final class OfText implements KeyEncoder<CharSequence> {
    @Override
    public void encode(KeyWriter key, CharSequence value) {
      key.writeString(value.toString());
    }
  }

  private interface Write {
    void to(KeyWriter key) throws IOException;
  }

  private static String hex(Write write) throws IOException {
    KeyWriter key = new KeyWriter();
    write.to(key);
    return HexFormat.of().formatHex(Preimage.of(key));
  }

  @Test
  void everyTypeHasItsBytesAndItsKey() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "content");
    Map<String, Write> vectors = new LinkedHashMap<>();
    vectors.put("nothing", key -> {});
    vectors.put("null", KeyWriter::writeNull);
    vectors.put("null Integer", key -> key.writeNullableInt(null));
    vectors.put("null String", key -> key.writeString(null));
    vectors.put("null int[]", key -> key.writeIntArray(null));
    vectors.put("null content", key -> key.writeContent((Path) null));
    vectors.put("boolean", key -> key.writeBoolean(true));
    vectors.put("Boolean", key -> key.writeNullableBoolean(Boolean.FALSE));
    vectors.put("byte", key -> key.writeByte((byte) -1));
    vectors.put("short", key -> key.writeShort((short) 258));
    vectors.put("char", key -> key.writeChar('\uD800'));
    vectors.put("int", key -> key.writeInt(1));
    vectors.put("Integer", key -> key.writeNullableInt(Integer.valueOf(Integer.MIN_VALUE)));
    vectors.put("long", key -> key.writeLong(1L));
    vectors.put("float", key -> key.writeFloat(1.5f));
    vectors.put("float NaN", key -> key.writeFloat(Float.intBitsToFloat(0x7FC01234)));
    vectors.put("double", key -> key.writeDouble(-0.0));
    vectors.put("double NaN", key -> key.writeDouble(Double.longBitsToDouble(0xFFF8000000000001L)));
    vectors.put("String", key -> key.writeString("aé日😀"));
    vectors.put("String empty", key -> key.writeString(""));
    vectors.put("String of lone surrogates", key -> key.writeString("\uD83D|\uDE00"));
    vectors.put("enum", key -> key.writeEnum(DayOfWeek.MONDAY));
    vectors.put("BigDecimal", key -> key.writeBigDecimal(new BigDecimal("-1.50")));
    vectors.put("BigInteger", key -> key.writeBigInteger(BigInteger.TWO.pow(64)));
    vectors.put("UUID", key -> key.writeUuid(new UUID(1, 2)));
    vectors.put("URI", key -> key.writeUri(URI.create("http://a/%20")));
    vectors.put("Path", key -> key.writePath(Path.of("a")));
    vectors.put("File", key -> key.writeFile(new File("a")));
    vectors.put("content", key -> key.writeContent(file));
    vectors.put("Instant", key -> key.writeInstant(Instant.ofEpochSecond(-1, 5)));
    vectors.put("LocalDate", key -> key.writeLocalDate(TIME.toLocalDate()));
    vectors.put("LocalTime", key -> key.writeLocalTime(LocalTime.MIDNIGHT.plusNanos(1)));
    vectors.put("LocalDateTime", key -> key.writeLocalDateTime(TIME));
    vectors.put("OffsetDateTime", key -> key.writeOffsetDateTime(OffsetDateTime.of(TIME, OFFSET)));
    vectors.put(
        "OffsetTime", key -> key.writeOffsetTime(OffsetTime.of(TIME.toLocalTime(), OFFSET)));
    vectors.put(
        "ZonedDateTime",
        key -> key.writeZonedDateTime(ZonedDateTime.of(TIME, ZoneId.of("Asia/Kolkata"))));
    vectors.put("Duration", key -> key.writeDuration(Duration.ofNanos(-1)));
    vectors.put("Period", key -> key.writePeriod(Period.of(1, -2, 3)));
    vectors.put("Year", key -> key.writeYear(Year.of(2024)));
    vectors.put("YearMonth", key -> key.writeYearMonth(YearMonth.of(2024, 2)));
    vectors.put("MonthDay", key -> key.writeMonthDay(MonthDay.of(2, 29)));
    vectors.put("ZoneId", key -> key.writeZoneId(ZoneId.of("Europe/Paris")));
    vectors.put("ZoneOffset", key -> key.writeZoneOffset(OFFSET));
    vectors.put("boolean[]", key -> key.writeBooleanArray(new boolean[] {true, false}));
    vectors.put("byte[]", key -> key.writeByteArray(new byte[] {1, 2}));
    vectors.put("short[]", key -> key.writeShortArray(new short[] {1}));
    vectors.put("char[]", key -> key.writeCharArray(new char[] {'a'}));
    vectors.put("int[]", key -> key.writeIntArray(new int[] {1}));
    vectors.put("long[]", key -> key.writeLongArray(new long[] {1}));
    vectors.put("float[]", key -> key.writeFloatArray(new float[] {1}));
    vectors.put("double[]", key -> key.writeDoubleArray(new double[] {1}));
    vectors.put("int[] empty", key -> key.writeIntArray(new int[0]));
    vectors.put("record", key -> {
      key.beginRecord("io.test.Point", 2);
      key.writeInt(1);
      key.writeInt(2);
    });
    vectors.put("list", key -> strings(key, List.of("ab", "c")));
    vectors.put("list empty", key -> key.beginList(0));
    vectors.put("array", key -> {
      key.beginArray(1);
      key.writeString("a");
    });
    vectors.put("optional", key -> {
      key.beginOptional(true);
      key.writeString("a");
    });
    vectors.put("optional empty", key -> key.beginOptional(false));
    vectors.put("set", key -> set(key, List.of("b", "a", "aa")));
    vectors.put("set empty", key -> set(key, List.of()));
    vectors.put("map", key -> map(key, List.of("b", "a", "c")));
    vectors.put("map of sets", key -> {
      key.beginMap(2);
      for (String name : List.of("x", "b")) {
        key.beginElement();
        key.writeString(name);
        set(key, List.of("2", "1"));
      }
      key.endMap();
    });
    vectors.put("KeyEncodable", key -> key.writeEncodable(new Tree(List.of(new Tree(List.of())))));
    vectors.put("KeyEncoder", key -> key.writeEncoded(new StringBuilder("a"), new OfText()));
    vectors.put("KeyEncoder null", key -> key.writeEncoded(null, new OfText()));
    vectors.put("Path of another file system", key -> key.writePath(JDK.getPath("/modules")));
    List<String> lines = new ArrayList<>(List.of("format " + KeyWriter.FORMAT));
    for (Map.Entry<String, Write> vector : vectors.entrySet()) {
      String preimage = hex(vector.getValue());
      KeyWriter writer = new KeyWriter();
      vector.getValue().to(writer);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(preimage));
      assertThat(writer.toKey()).isEqualTo(Key.of(digest));
      lines.add(vector.getKey() + " = " + preimage + " " + Key.of(digest));
    }
    Golden.assertLines("keys-1.txt", lines);
  }

  /** By hand, from the words of the design. */
  @Test
  void formatIsWhatTheDesignSays() throws Exception {
    assertThat(KeyWriter.FORMAT).isEqualTo(1);
    assertThat(hex(key -> {})).isEqualTo("01");
    assertThat(hex(key -> key.writeInt(1))).isEqualTo("01" + "05" + "00000001");
    assertThat(hex(key -> key.writeString("é"))).isEqualTo("01" + "09" + "00000002" + "c3a9");
    assertThat(hex(key -> set(key, List.of("b", "a"))))
        .isEqualTo("01" + "0d" + "00000002" + "090000000161" + "090000000162");
  }

  @Test
  void orderOfSetsAndMapsDoesNotMatter() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      names.add("n" + i * 37 % 101);
    }
    String set = hex(key -> set(key, names));
    String map = hex(key -> map(key, names));
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(names);
      assertThat(hex(key -> set(key, names))).isEqualTo(set);
      assertThat(hex(key -> map(key, names))).isEqualTo(map);
    }
  }

  @Test
  void largePreimageIsDigestedAsAWhole() throws Exception {
    byte[] bytes = new byte[100_000];
    KeyWriter pieces = new KeyWriter();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) 1);
    for (int i = 0; i < 3; i++) {
      pieces.writeByteArray(bytes);
      digest.update(HexFormat.of().parseHex("1102000186a0"));
      digest.update(bytes);
      pieces.writeString("x".repeat(9_000));
      digest.update(HexFormat.of().parseHex("0900002328"));
      digest.update("x".repeat(9_000).getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(pieces.toKey()).isEqualTo(Key.of(digest.digest()));
  }

  @Test
  void setOrMapThatIsNotWhatItSaidIsRefused() {
    assertThatThrownBy(() -> set(new KeyWriter(), 3, List.of("a", "b")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> set(new KeyWriter(), 1, List.of("a", "b")))
        .isInstanceOf(IllegalStateException.class);
    KeyWriter open = new KeyWriter();
    open.beginMap(0);
    assertThatThrownBy(open::toKey).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new KeyWriter().endSet()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new KeyWriter().beginElement())
        .isInstanceOf(IllegalStateException.class);
  }

  private static void strings(KeyWriter key, List<String> values) {
    key.beginList(values.size());
    values.forEach(key::writeString);
  }

  private static void set(KeyWriter key, List<String> values) {
    set(key, values.size(), values);
  }

  private static void set(KeyWriter key, int size, List<String> values) {
    key.beginSet(size);
    for (String value : values) {
      key.beginElement();
      key.writeString(value);
    }
    key.endSet();
  }

  private static void map(KeyWriter key, List<String> values) {
    key.beginMap(values.size());
    for (String value : values) {
      key.beginElement();
      key.writeString(value);
      key.writeInt(value.length());
    }
    key.endMap();
  }
}
