package io.diskmemo.goldens;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Codecs;
import java.io.File;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Every type that can be written, with its extremes, its writer and its reader. */
final class Values {
  /** One value and how it goes to bytes and back. */
  record Sample(String name, Object value, Consumer writer, Function<ValueReader, ?> reader) {
    byte[] bytes() {
      ValueWriter out = new ValueWriter();
      writer.write(out);
      return out.toBytes();
    }

    Object read(ValueReader in) {
      return reader.apply(in);
    }
  }

  /** Writes the value it was made for. */
  interface Consumer {
    void write(ValueWriter out);
  }

  private final List<Sample> samples = new ArrayList<>();

  private Values() {}

  @SafeVarargs
  private <T> void add(
      String name,
      BiConsumer<ValueWriter, T> writer,
      Function<ValueReader, T> reader,
      T... values) {
    for (T value : values) {
      samples.add(
          new Sample(name + " " + samples.size(), value, out -> writer.accept(out, value), reader));
    }
  }

  static List<Sample> all() {
    Values all = new Values();
    all.numbers();
    all.texts();
    all.times();
    all.arrays();
    return all.samples;
  }

  private void numbers() {
    add("boolean", ValueWriter::writeBoolean, ValueReader::readBoolean, true, false);
    add("byte", ValueWriter::writeByte, ValueReader::readByte, (byte) -128);
    add("short", ValueWriter::writeShort, ValueReader::readShort, (short) -2);
    add("char", ValueWriter::writeChar, ValueReader::readChar, '\uFFFF', 'a');
    add("int", ValueWriter::writeInt, ValueReader::readInt, 1, Integer.MIN_VALUE);
    add("long", ValueWriter::writeLong, ValueReader::readLong, -2L, Long.MAX_VALUE);
    add("float", ValueWriter::writeFloat, ValueReader::readFloat, -0.0f, 1.5f);
    add("double", ValueWriter::writeDouble, ValueReader::readDouble, -0.0, 1e300);
    add("Boolean", ValueWriter::writeNullableBoolean, ValueReader::readNullableBoolean, true, null);
    add("Byte", ValueWriter::writeNullableByte, ValueReader::readNullableByte, (byte) 127, null);
    add(
        "Short",
        ValueWriter::writeNullableShort,
        ValueReader::readNullableShort,
        Short.MAX_VALUE,
        null);
    add("Character", ValueWriter::writeNullableChar, ValueReader::readNullableChar, '\0', null);
    add(
        "Integer",
        ValueWriter::writeNullableInt,
        ValueReader::readNullableInt,
        Integer.MAX_VALUE,
        null);
    add(
        "Long",
        ValueWriter::writeNullableLong,
        ValueReader::readNullableLong,
        Long.MIN_VALUE,
        null);
    add("Float", ValueWriter::writeNullableFloat, ValueReader::readNullableFloat, Float.NaN, null);
    add(
        "Double",
        ValueWriter::writeNullableDouble,
        ValueReader::readNullableDouble,
        Double.MIN_VALUE,
        null);
    add(
        "BigDecimal",
        ValueWriter::writeBigDecimal,
        ValueReader::readBigDecimal,
        new BigDecimal("1.50"),
        new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
        null);
    add(
        "BigInteger",
        ValueWriter::writeBigInteger,
        ValueReader::readBigInteger,
        BigInteger.ZERO,
        BigInteger.TWO.pow(200).negate(),
        null);
  }

  private void texts() {
    add(
        "String",
        ValueWriter::writeString,
        ValueReader::readString,
        "",
        "a",
        "é\u00FF",
        "日本",
        "😀",
        "\uD800",
        "x\uDC00y",
        "\0",
        "x".repeat(200),
        null);
    add("enum", ValueWriter::writeEnum, in -> in.readEnum(DayOfWeek.class), DayOfWeek.FRIDAY, null);
    add("UUID", ValueWriter::writeUuid, ValueReader::readUuid, new UUID(-1, 2), null);
    add("URI", ValueWriter::writeUri, ValueReader::readUri, URI.create("http://a/b?c#d"), null);
    add("Path", ValueWriter::writePath, ValueReader::readPath, Path.of("a"), Path.of(""), null);
    add("File", ValueWriter::writeFile, ValueReader::readFile, new File("a"), null);
  }

  private void times() {
    ZonedDateTime first =
        ZonedDateTime.ofInstant(Instant.parse("2024-10-27T00:30:00Z"), ZoneId.of("Europe/Paris"));
    add(
        "Instant",
        ValueWriter::writeInstant,
        ValueReader::readInstant,
        Instant.MIN,
        Instant.MAX,
        null);
    add(
        "LocalDate",
        ValueWriter::writeLocalDate,
        ValueReader::readLocalDate,
        LocalDate.MIN,
        LocalDate.MAX,
        null);
    add(
        "LocalTime",
        ValueWriter::writeLocalTime,
        ValueReader::readLocalTime,
        LocalTime.MIN,
        LocalTime.MAX,
        null);
    add(
        "LocalDateTime",
        ValueWriter::writeLocalDateTime,
        ValueReader::readLocalDateTime,
        LocalDateTime.MIN,
        LocalDateTime.MAX,
        null);
    add(
        "OffsetDateTime",
        ValueWriter::writeOffsetDateTime,
        ValueReader::readOffsetDateTime,
        OffsetDateTime.MIN,
        OffsetDateTime.MAX,
        null);
    add(
        "OffsetTime",
        ValueWriter::writeOffsetTime,
        ValueReader::readOffsetTime,
        OffsetTime.MIN,
        OffsetTime.MAX,
        null);
    add(
        "ZonedDateTime",
        ValueWriter::writeZonedDateTime,
        ValueReader::readZonedDateTime,
        first,
        first.plusHours(1),
        first.withZoneSameInstant(ZoneOffset.UTC),
        null);
    add(
        "Duration",
        ValueWriter::writeDuration,
        ValueReader::readDuration,
        Duration.ofNanos(-1),
        Duration.ofSeconds(Long.MIN_VALUE),
        null);
    add(
        "Period",
        ValueWriter::writePeriod,
        ValueReader::readPeriod,
        Period.of(-1, 2, Integer.MAX_VALUE),
        null);
    add("Year", ValueWriter::writeYear, ValueReader::readYear, Year.of(Year.MIN_VALUE), null);
    add(
        "YearMonth",
        ValueWriter::writeYearMonth,
        ValueReader::readYearMonth,
        YearMonth.of(2024, 2),
        null);
    add(
        "MonthDay",
        ValueWriter::writeMonthDay,
        ValueReader::readMonthDay,
        MonthDay.of(2, 29),
        null);
    add("ZoneId", ValueWriter::writeZoneId, ValueReader::readZoneId, ZoneId.of("Asia/Tokyo"), null);
    add(
        "ZoneOffset",
        ValueWriter::writeZoneOffset,
        ValueReader::readZoneOffset,
        ZoneOffset.MAX,
        ZoneOffset.UTC,
        null);
  }

  private void arrays() {
    add(
        "byte[]",
        ValueWriter::writeByteArray,
        ValueReader::readByteArray,
        new byte[] {1, -1},
        new byte[200],
        null);
    add(
        "boolean[]",
        ValueWriter::writeBooleanArray,
        ValueReader::readBooleanArray,
        new boolean[] {true, false},
        null);
    add(
        "short[]",
        ValueWriter::writeShortArray,
        ValueReader::readShortArray,
        new short[] {-1},
        null);
    add(
        "char[]",
        ValueWriter::writeCharArray,
        ValueReader::readCharArray,
        new char[] {'\uD800'},
        null);
    add(
        "int[]",
        ValueWriter::writeIntArray,
        ValueReader::readIntArray,
        new int[] {-1, 1},
        new int[0],
        null);
    add("long[]", ValueWriter::writeLongArray, ValueReader::readLongArray, new long[] {-1}, null);
    add(
        "float[]",
        ValueWriter::writeFloatArray,
        ValueReader::readFloatArray,
        new float[] {1},
        null);
    add(
        "double[]",
        ValueWriter::writeDoubleArray,
        ValueReader::readDoubleArray,
        new double[] {Double.NaN},
        null);
    Codecs.Texts texts = new Codecs.Texts();
    add(
        "list",
        texts::write,
        texts::read,
        List.of(),
        Arrays.asList("a", null),
        Collections.nCopies(300, "é"));
  }
}
