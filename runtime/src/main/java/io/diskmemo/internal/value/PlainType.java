package io.diskmemo.internal.value;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
  BOOLEAN(1, of(Boolean.class, ValueWriter::write, ValueReader::readNullableBoolean)),
  BYTE(2, of(Byte.class, ValueWriter::write, ValueReader::readNullableByte)),
  SHORT(3, of(Short.class, ValueWriter::write, ValueReader::readNullableShort)),
  CHARACTER(4, of(Character.class, ValueWriter::write, ValueReader::readNullableChar)),
  INTEGER(5, of(Integer.class, ValueWriter::write, ValueReader::readNullableInt)),
  LONG(6, of(Long.class, ValueWriter::write, ValueReader::readNullableLong)),
  FLOAT(7, of(Float.class, ValueWriter::write, ValueReader::readNullableFloat)),
  DOUBLE(8, of(Double.class, ValueWriter::write, ValueReader::readNullableDouble)),
  STRING(9, of(String.class, ValueWriter::write, ValueReader::readString)),
  BYTES(10, of(byte[].class, ValueWriter::write, ValueReader::readByteArray)),
  BIG_DECIMAL(11, of(BigDecimal.class, ValueWriter::write, ValueReader::readBigDecimal)),
  BIG_INTEGER(12, of(BigInteger.class, ValueWriter::write, ValueReader::readBigInteger)),
  UUID_VALUE(13, of(UUID.class, ValueWriter::write, ValueReader::readUuid)),
  URI_VALUE(14, of(URI.class, ValueWriter::write, ValueReader::readUri)),
  INSTANT(15, of(Instant.class, ValueWriter::write, ValueReader::readInstant)),
  LOCAL_DATE(16, of(LocalDate.class, ValueWriter::write, ValueReader::readLocalDate)),
  LOCAL_DATE_TIME(17, of(LocalDateTime.class, ValueWriter::write, ValueReader::readLocalDateTime)),
  DURATION(18, of(Duration.class, ValueWriter::write, ValueReader::readDuration));

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
