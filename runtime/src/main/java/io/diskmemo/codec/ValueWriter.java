package io.diskmemo.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.FileSystems;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one value. Not thread-safe.
 *
 * <p>Primitives have a fixed width, big-endian. Whatever may be null is preceded by a byte that says
 * whether it is. A string is its length in characters and one or two bytes for each; sizes and
 * lengths have one to five bytes of seven bits. Nothing names a type: the codec knows what comes.
 */
public final class ValueWriter {
  /** Deeper values are refused, so that reading them back cannot exhaust the stack. */
  static final int MAX_DEPTH = 1000;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private byte[] buffer = new byte[128];
  private int length;
  private int depth;

  /** An empty writer. */
  public ValueWriter() {}

  /**
   * What was written.
   *
   * @return a copy
   */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /**
   * Writes whether a value is null.
   *
   * @param value to look at
   * @return true if it is, so that nothing more is to be written
   */
  public boolean writeNull(@Nullable Object value) {
    write(value != null);
    return value == null;
  }

  /**
   * Goes one level deeper into a type that can hold itself.
   *
   * @throws IllegalArgumentException if that is too deep, as in a list that holds itself
   */
  public void enter() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "the value is nested more than " + MAX_DEPTH + " deep, or holds itself");
    }
  }

  /** Comes back from {@link #enter}. */
  public void leave() {
    depth--;
  }

  /**
   * Writes the number of elements that follow.
   *
   * @param size not negative
   */
  public void writeSize(int size) {
    int rest = size;
    while (rest >= 0x80) {
      put(0x80 | (rest & 0x7F));
      rest >>>= 7;
    }
    put(rest);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(boolean value) {
    put(value ? 1 : 0);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(byte value) {
    put(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(short value) {
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(char value) {
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(int value) {
    reserve(Integer.BYTES);
    buffer[length++] = (byte) (value >> 24);
    buffer[length++] = (byte) (value >> 16);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(long value) {
    write((int) (value >> 32));
    write((int) value);
  }

  /**
   * Writes a value with all its bits.
   *
   * @param value to write
   */
  public void write(float value) {
    write(Float.floatToRawIntBits(value));
  }

  /**
   * Writes a value with all its bits.
   *
   * @param value to write
   */
  public void write(double value) {
    write(Double.doubleToRawLongBits(value));
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Boolean value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.booleanValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Byte value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.byteValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Short value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.shortValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Character value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.charValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Integer value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.intValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Long value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.longValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Float value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.floatValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Double value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.doubleValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable String value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      putString(value);
    }
  }

  /**
   * Writes a constant as its name.
   *
   * @param value to write
   */
  public void write(@Nullable Enum<?> value) {
    write(value == null ? null : value.name());
  }

  /**
   * Writes a value with its scale.
   *
   * @param value to write
   */
  public void write(@Nullable BigDecimal value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.scale());
      putBytes(value.unscaledValue().toByteArray());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable BigInteger value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      putBytes(value.toByteArray());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable UUID value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getMostSignificantBits());
      write(value.getLeastSignificantBits());
    }
  }

  /**
   * Writes a value as its string.
   *
   * @param value to write
   */
  public void write(@Nullable URI value) {
    write(value == null ? null : value.toString());
  }

  /**
   * Writes a path of the default file system as its string.
   *
   * @param value to write
   * @throws IllegalArgumentException for a path of another file system, which may not be there when
   *     it is read back
   */
  public void write(@Nullable Path value) {
    if (value != null && !value.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(
          value.toUri() + " is a path of another file system and cannot be kept");
    }
    write(value == null ? null : value.toString());
  }

  /**
   * Writes a file as the string of its path.
   *
   * @param value to write
   */
  public void write(@Nullable File value) {
    write(value == null ? null : value.getPath());
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Instant value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getEpochSecond());
      write(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable LocalDate value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.toEpochDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable LocalTime value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.toNanoOfDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable LocalDateTime value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      putDateTime(value);
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable OffsetDateTime value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      putDateTime(value.toLocalDateTime());
      write(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable OffsetTime value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.toLocalTime().toNanoOfDay());
      write(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable ZonedDateTime value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      putDateTime(value.toLocalDateTime());
      write(value.getOffset().getTotalSeconds());
      putString(value.getZone().getId());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Duration value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getSeconds());
      write(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Period value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getYears());
      write(value.getMonths());
      write(value.getDays());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable Year value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable YearMonth value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getYear());
      write(value.getMonthValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void write(@Nullable MonthDay value) {
    if (value == null) {
      write(false);
    } else {
      write(true);
      write(value.getMonthValue());
      write(value.getDayOfMonth());
    }
  }

  /**
   * Writes a zone or offset as its id.
   *
   * @param value to write
   */
  public void write(@Nullable ZoneId value) {
    write(value == null ? null : value.getId());
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(boolean @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (boolean value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(byte @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      putBytes(values);
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(short @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (short value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(char @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (char value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(int @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (int value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(long @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (long value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(float @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (float value : values) {
        write(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void write(double @Nullable [] values) {
    if (values == null) {
      write(false);
    } else {
      write(true);
      writeSize(values.length);
      for (double value : values) {
        write(value);
      }
    }
  }

  private void putDateTime(LocalDateTime value) {
    write(value.toLocalDate().toEpochDay());
    write(value.toLocalTime().toNanoOfDay());
  }

  /** Writes bytes without their number, which must be the last of the value. */
  void writeLast(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void putBytes(byte[] bytes) {
    writeSize(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  /** Length, width of a character in bytes, characters. */
  private void putString(String value) {
    int chars = value.length();
    writeSize(chars);
    reserve(chars + 1L);
    int begin = length + 1;
    int seen = 0;
    for (int i = 0; i < chars; i++) {
      char c = value.charAt(i);
      seen |= c;
      buffer[begin + i] = (byte) c;
    }
    if (seen < 0x100) {
      buffer[length] = 1;
      length = begin + chars;
    } else {
      putWide(value);
    }
  }

  private void putWide(String value) {
    put(2);
    reserve(2L * value.length());
    for (int i = 0; i < value.length(); i++) {
      putShort(value.charAt(i));
    }
  }

  private void put(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  private void putShort(int value) {
    reserve(Short.BYTES);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void reserve(long bytes) {
    if (buffer.length - length < bytes) {
      long needed = length + bytes;
      if (needed > MAX_BYTES) {
        throw new IllegalStateException("the value takes more than 2 GiB");
      }
      long doubled = Math.min(2L * buffer.length, MAX_BYTES);
      buffer = Arrays.copyOf(buffer, (int) Math.max(doubled, needed));
    }
  }
}
