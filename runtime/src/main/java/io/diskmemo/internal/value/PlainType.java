package io.diskmemo.internal.value;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
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
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The types that a value put by hand is written as without help. Their numbers are part of the
 * format.
 */
enum PlainType {
  BOOLEAN(
      1, of(Boolean.class, ValueWriter::writeNullableBoolean, ValueReader::readNullableBoolean)),
  BYTE(2, of(Byte.class, ValueWriter::writeNullableByte, ValueReader::readNullableByte)),
  SHORT(3, of(Short.class, ValueWriter::writeNullableShort, ValueReader::readNullableShort)),
  CHARACTER(4, of(Character.class, ValueWriter::writeNullableChar, ValueReader::readNullableChar)),
  INTEGER(5, of(Integer.class, ValueWriter::writeNullableInt, ValueReader::readNullableInt)),
  LONG(6, of(Long.class, ValueWriter::writeNullableLong, ValueReader::readNullableLong)),
  FLOAT(7, of(Float.class, ValueWriter::writeNullableFloat, ValueReader::readNullableFloat)),
  DOUBLE(8, of(Double.class, ValueWriter::writeNullableDouble, ValueReader::readNullableDouble)),
  STRING(9, of(String.class, ValueWriter::writeString, ValueReader::readString)),
  BYTES(10, of(byte[].class, ValueWriter::writeByteArray, ValueReader::readByteArray)),
  BIG_DECIMAL(11, of(BigDecimal.class, ValueWriter::writeBigDecimal, ValueReader::readBigDecimal)),
  BIG_INTEGER(12, of(BigInteger.class, ValueWriter::writeBigInteger, ValueReader::readBigInteger)),
  UUID_VALUE(13, of(UUID.class, ValueWriter::writeUuid, ValueReader::readUuid)),
  URI_VALUE(14, of(URI.class, ValueWriter::writeUri, ValueReader::readUri)),
  INSTANT(15, of(Instant.class, ValueWriter::writeInstant, ValueReader::readInstant)),
  LOCAL_DATE(16, of(LocalDate.class, ValueWriter::writeLocalDate, ValueReader::readLocalDate)),
  LOCAL_DATE_TIME(
      17, of(LocalDateTime.class, ValueWriter::writeLocalDateTime, ValueReader::readLocalDateTime)),
  DURATION(18, of(Duration.class, ValueWriter::writeDuration, ValueReader::readDuration)),
  LOCAL_TIME(19, of(LocalTime.class, ValueWriter::writeLocalTime, ValueReader::readLocalTime)),
  OFFSET_DATE_TIME(
      20,
      of(OffsetDateTime.class, ValueWriter::writeOffsetDateTime, ValueReader::readOffsetDateTime)),
  OFFSET_TIME(21, of(OffsetTime.class, ValueWriter::writeOffsetTime, ValueReader::readOffsetTime)),
  ZONED_DATE_TIME(
      22, of(ZonedDateTime.class, ValueWriter::writeZonedDateTime, ValueReader::readZonedDateTime)),
  PERIOD(23, of(Period.class, ValueWriter::writePeriod, ValueReader::readPeriod)),
  YEAR(24, of(Year.class, ValueWriter::writeYear, ValueReader::readYear)),
  YEAR_MONTH(25, of(YearMonth.class, ValueWriter::writeYearMonth, ValueReader::readYearMonth)),
  MONTH_DAY(26, of(MonthDay.class, ValueWriter::writeMonthDay, ValueReader::readMonthDay)),
  ZONE_ID(27, of(ZoneId.class, ValueWriter::writeZoneId, ValueReader::readZoneId)),
  PATH(28, of(Path.class, ValueWriter::writePath, ValueReader::readPath));

  private final byte number;

  @SuppressWarnings("ImmutableEnumChecker") // two functions without state
  private final Form<?> form;

  PlainType(int number, Form<?> form) {
    this.number = (byte) number;
    this.form = form;
  }

  private record Form<T>(
      Class<T> type, BiConsumer<ValueWriter, T> writer, Function<ValueReader, @Nullable T> reader) {
    void write(ValueWriter out, Object value) {
      writer.accept(out, type.cast(value));
    }

    @Nullable
    Object read(ValueReader in) {
      return reader.apply(in);
    }
  }

  private static <T> Form<T> of(
      Class<T> type, BiConsumer<ValueWriter, T> writer, Function<ValueReader, @Nullable T> reader) {
    return new Form<>(type, writer, reader);
  }

  static Optional<PlainType> of(Object value) {
    return Arrays.stream(values())
        .filter(plain -> plain.form.type().isInstance(value))
        .findFirst();
  }

  static Optional<PlainType> of(byte number) {
    return Arrays.stream(values()).filter(plain -> plain.number == number).findFirst();
  }

  Class<?> type() {
    return form.type();
  }

  /** Whether what is read back of a value is of a class; those of paths and zones are as they were. */
  boolean isReadAs(Object value, Class<?> wanted) {
    return wanted.isAssignableFrom(type())
        || ((this == PATH || this == ZONE_ID) && wanted.isInstance(value));
  }

  byte number() {
    return number;
  }

  void write(ValueWriter out, Object value) {
    form.write(out, value);
  }

  @Nullable
  Object read(ValueReader in) {
    return form.read(in);
  }
}
