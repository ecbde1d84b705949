package io.diskmemo.internal.value;

import io.diskmemo.key.KeyWriter;
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
import java.util.List;
import java.util.UUID;

/** Keys from objects whose types are known at run time only. */
public final class PlainKeys {
  /** Keeps these keys apart from those of methods, whose identity is never empty. */
  private static final String IDENTITY = "";

  private PlainKeys() {}

  /**
   * Writes an object as a key.
   *
   * @param object a string, number, boolean, character, enum, {@code byte[]}, UUID, URI, path or value
   *     of {@code java.time}, or a list of these
   * @return what was written, of which the kind makes the key
   * @throws IllegalArgumentException for anything else
   */
  public static KeyWriter writerOf(Object object) {
    KeyWriter writer = new KeyWriter();
    writer.writeString(IDENTITY);
    write(writer, object);
    return writer;
  }

  private static void write(KeyWriter key, Object object) {
    if (object instanceof String value) {
      key.writeString(value);
    } else if (object instanceof Integer value) {
      key.writeInt(value);
    } else if (object instanceof Long value) {
      key.writeLong(value);
    } else if (object instanceof List<?> values) {
      key.beginList(values.size());
      values.forEach(value -> write(key, value));
    } else if (!writeRare(key, object) && !writeTime(key, object)) {
      throw new IllegalArgumentException("a "
          + object.getClass().getName()
          + " cannot be a key; use a string, number, boolean, character, enum, byte[], UUID, URI,"
          + " path or value of java.time, or a list of these");
    }
  }

  private static boolean writeRare(KeyWriter key, Object object) {
    if (object instanceof Boolean value) {
      key.writeBoolean(value);
    } else if (object instanceof Character value) {
      key.writeChar(value);
    } else if (object instanceof Byte value) {
      key.writeByte(value);
    } else if (object instanceof Short value) {
      key.writeShort(value);
    } else if (object instanceof Float value) {
      key.writeFloat(value);
    } else if (object instanceof Double value) {
      key.writeDouble(value);
    } else if (object instanceof Enum<?> value) {
      key.writeEnum(value);
    } else if (object instanceof byte[] value) {
      key.writeByteArray(value);
    } else if (object instanceof BigDecimal value) {
      key.writeBigDecimal(value);
    } else if (object instanceof BigInteger value) {
      key.writeBigInteger(value);
    } else if (object instanceof UUID value) {
      key.writeUuid(value);
    } else if (object instanceof URI value) {
      key.writeUri(value);
    } else if (object instanceof Path value) {
      key.writePath(value);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeTime(KeyWriter key, Object object) {
    if (object instanceof Instant value) {
      key.writeInstant(value);
    } else if (object instanceof LocalDate value) {
      key.writeLocalDate(value);
    } else if (object instanceof LocalTime value) {
      key.writeLocalTime(value);
    } else if (object instanceof LocalDateTime value) {
      key.writeLocalDateTime(value);
    } else if (object instanceof OffsetDateTime value) {
      key.writeOffsetDateTime(value);
    } else if (object instanceof OffsetTime value) {
      key.writeOffsetTime(value);
    } else if (object instanceof ZonedDateTime value) {
      key.writeZonedDateTime(value);
    } else if (object instanceof Duration value) {
      key.writeDuration(value);
    } else if (object instanceof Period value) {
      key.writePeriod(value);
    } else if (object instanceof Year value) {
      key.writeYear(value);
    } else if (object instanceof YearMonth value) {
      key.writeYearMonth(value);
    } else if (object instanceof MonthDay value) {
      key.writeMonthDay(value);
    } else if (object instanceof ZoneId value) {
      key.writeZoneId(value);
    } else {
      return false;
    }
    return true;
  }
}
