package io.diskmemo.codec;

import io.diskmemo.internal.order.SortedRun;
import io.diskmemo.internal.path.PathText;
import io.diskmemo.internal.path.UriText;
import java.io.File;
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
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one value. Not thread-safe.
 *
 * <p>Primitives have a fixed width, big-endian. Whatever may be null is preceded by a byte that says
 * whether it is. A string is its length in characters and one or two bytes for each; sizes and
 * lengths have one to five bytes of seven bits. Nothing names a type: the codec knows what comes.
 *
 * <p>What {@code writeInt} writes {@link ValueReader#readInt} reads, and so for each type.
 */
public final class ValueWriter {
  /** Deeper values are refused, so that reading them back cannot exhaust the stack. */
  static final int MAX_DEPTH = 1000;

  private static final int MOST_SIZE_BYTES = 5;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /** Arrays and not writers, because a thread may outlive the class loader of these. */
  private static final ThreadLocal<byte[]> KEPT = new ThreadLocal<>();

  private static final int FIRST_BYTES = 512;
  private static final int MOST_KEPT_BYTES = 64 * 1024;

  private byte[] buffer;
  private int length;
  private int depth;

  /** Whether sets and maps are written in the order of their bytes, and not of their iteration. */
  private boolean isSorting;

  private @Nullable SortedRun openRun;

  /** An empty writer. */
  public ValueWriter() {
    this(new byte[FIRST_BYTES]);
  }

  private ValueWriter(byte[] buffer) {
    this.buffer = buffer;
  }

  /**
   * The bytes of a value. The thread keeps the buffer, so that little but the result is allocated.
   *
   * @param codec of the value
   * @param value to write
   * @param <T> type of the value
   * @return a new array
   */
  public static <T extends @Nullable Object> byte[] bytesOf(Codec<T> codec, T value) {
    byte[] kept = KEPT.get();
    if (kept == null) {
      return bytesOf(codec, value, new ValueWriter());
    }
    KEPT.set(null); // a codec may call a memoized method, which comes here again
    return bytesOf(codec, value, new ValueWriter(kept));
  }

  private static <T extends @Nullable Object> byte[] bytesOf(
      Codec<T> codec, T value, ValueWriter out) {
    try {
      codec.write(out, value);
      return out.toBytes();
    } finally {
      if (out.buffer.length <= MOST_KEPT_BYTES) {
        KEPT.set(out.buffer);
      }
    }
  }

  /**
   * The bytes of a value with its sets and maps in the order of their bytes, so that equal values have
   * equal ones. They are to be compared, and never stored. The codec has to say where sets and maps
   * are, by {@link #beginUnordered}.
   *
   * @param codec of the value
   * @param value to write
   * @param <T> type of the value
   * @return a new array
   */
  public static <T extends @Nullable Object> byte[] sortedBytesOf(Codec<T> codec, T value) {
    ValueWriter out = new ValueWriter();
    out.isSorting = true;
    codec.write(out, value);
    return out.toBytes();
  }

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
    writeBoolean(value != null);
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
    reserve(MOST_SIZE_BYTES);
    int rest = size;
    while (rest >= 0x80) {
      buffer[length++] = (byte) (0x80 | (rest & 0x7F));
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /**
   * Begins a set or map, and writes its size as {@link #writeSize} does.
   *
   * @param size number of its elements or entries
   */
  public void beginUnordered(int size) {
    writeSize(size);
    if (isSorting) {
      openRun = new SortedRun(openRun, size);
    }
  }

  /** Begins an element of a set, or an entry of a map. */
  public void nextUnordered() {
    if (openRun != null) {
      openRun.begin(length);
    }
  }

  /** Ends the set or map that was begun last. */
  public void endUnordered() {
    if (openRun != null) {
      openRun.sort(buffer, length);
      openRun = openRun.outer();
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeBoolean(boolean value) {
    put(value ? 1 : 0);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeByte(byte value) {
    put(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeShort(short value) {
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeChar(char value) {
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeInt(int value) {
    int at = claim(Integer.BYTES);
    buffer[at] = (byte) (value >> 24);
    buffer[at + 1] = (byte) (value >> 16);
    buffer[at + 2] = (byte) (value >> 8);
    buffer[at + 3] = (byte) value;
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLong(long value) {
    int at = claim(Long.BYTES);
    buffer[at] = (byte) (value >> 56);
    buffer[at + 1] = (byte) (value >> 48);
    buffer[at + 2] = (byte) (value >> 40);
    buffer[at + 3] = (byte) (value >> 32);
    buffer[at + 4] = (byte) (value >> 24);
    buffer[at + 5] = (byte) (value >> 16);
    buffer[at + 6] = (byte) (value >> 8);
    buffer[at + 7] = (byte) value;
  }

  /**
   * Writes a value with all its bits.
   *
   * @param value to write
   */
  public void writeFloat(float value) {
    writeInt(Float.floatToRawIntBits(value));
  }

  /**
   * Writes a value with all its bits.
   *
   * @param value to write
   */
  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableBoolean(@Nullable Boolean value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeBoolean(value.booleanValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableByte(@Nullable Byte value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeByte(value.byteValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableShort(@Nullable Short value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeShort(value.shortValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableChar(@Nullable Character value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeChar(value.charValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableInt(@Nullable Integer value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.intValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableLong(@Nullable Long value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.longValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableFloat(@Nullable Float value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeFloat(value.floatValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableDouble(@Nullable Double value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeDouble(value.doubleValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeString(@Nullable String value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putString(value);
    }
  }

  /**
   * Writes a constant as its name.
   *
   * @param value to write
   */
  public void writeEnum(@Nullable Enum<?> value) {
    writeString(value == null ? null : value.name());
  }

  /**
   * Writes a value with its scale.
   *
   * @param value to write
   */
  public void writeBigDecimal(@Nullable BigDecimal value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.scale());
      putBytes(value.unscaledValue().toByteArray());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeBigInteger(@Nullable BigInteger value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putBytes(value.toByteArray());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeUuid(@Nullable UUID value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.getMostSignificantBits());
      writeLong(value.getLeastSignificantBits());
    }
  }

  /**
   * Writes a value as its string.
   *
   * @param value to write
   * @throws IllegalArgumentException for one whose string is that of another, as {@link
   *     URI#relativize} can make it
   */
  public void writeUri(@Nullable URI value) {
    if (value != null && !UriText.isWhole(value)) {
      throw new IllegalArgumentException(
          "the string of the URI " + value + " is that of another, and cannot be kept");
    }
    writeString(value == null ? null : value.toString());
  }

  /**
   * Writes a path of the default file system as its string.
   *
   * @param value to write
   * @throws IllegalArgumentException for a path of another file system, which may not be there when
   *     it is read back, and for one whose string is that of other paths too
   */
  public void writePath(@Nullable Path value) {
    if (value != null && !PathText.isWhole(value)) {
      throw new IllegalArgumentException(value.toUri()
          + " is a path of another file system, or has bytes that are no characters in the encoding of"
          + " file names, and cannot be kept");
    }
    writeString(value == null ? null : value.toString());
  }

  /**
   * Writes a file as the string of its path.
   *
   * @param value to write
   */
  public void writeFile(@Nullable File value) {
    writeString(value == null ? null : value.getPath());
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeInstant(@Nullable Instant value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.getEpochSecond());
      writeInt(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalDate(@Nullable LocalDate value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.toEpochDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalTime(@Nullable LocalTime value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.toNanoOfDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalDateTime(@Nullable LocalDateTime value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putDateTime(value);
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeOffsetDateTime(@Nullable OffsetDateTime value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putDateTime(value.toLocalDateTime());
      writeInt(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeOffsetTime(@Nullable OffsetTime value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.toLocalTime().toNanoOfDay());
      writeInt(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeZonedDateTime(@Nullable ZonedDateTime value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putDateTime(value.toLocalDateTime());
      writeInt(value.getOffset().getTotalSeconds());
      putString(value.getZone().getId());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeDuration(@Nullable Duration value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeLong(value.getSeconds());
      writeInt(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writePeriod(@Nullable Period value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.getYears());
      writeInt(value.getMonths());
      writeInt(value.getDays());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeYear(@Nullable Year value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.getValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeYearMonth(@Nullable YearMonth value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.getYear());
      writeInt(value.getMonthValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeMonthDay(@Nullable MonthDay value) {
    if (value == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeInt(value.getMonthValue());
      writeInt(value.getDayOfMonth());
    }
  }

  /**
   * Writes a zone or offset as its id.
   *
   * @param value to write
   */
  public void writeZoneId(@Nullable ZoneId value) {
    writeString(value == null ? null : value.getId());
  }

  /**
   * Writes an offset as its id, as {@link #writeZoneId} does.
   *
   * @param value to write
   */
  public void writeZoneOffset(@Nullable ZoneOffset value) {
    writeZoneId(value);
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeBooleanArray(boolean @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (boolean value : values) {
        writeBoolean(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeByteArray(byte @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      putBytes(values);
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeShortArray(short @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (short value : values) {
        writeShort(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeCharArray(char @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (char value : values) {
        writeChar(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeIntArray(int @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (int value : values) {
        writeInt(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeLongArray(long @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (long value : values) {
        writeLong(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeFloatArray(float @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (float value : values) {
        writeFloat(value);
      }
    }
  }

  /**
   * Writes an array.
   *
   * @param values to write
   */
  public void writeDoubleArray(double @Nullable [] values) {
    if (values == null) {
      writeBoolean(false);
    } else {
      writeBoolean(true);
      writeSize(values.length);
      for (double value : values) {
        writeDouble(value);
      }
    }
  }

  private void putDateTime(LocalDateTime value) {
    writeLong(value.toLocalDate().toEpochDay());
    writeLong(value.toLocalTime().toNanoOfDay());
  }

  /** Writes bytes without their number, which must be the last of the value. */
  void writeLast(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void putBytes(byte[] bytes) {
    writeSize(bytes.length);
    int at = claim(bytes.length);
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
  }

  /** Length, width of a character in bytes, characters. */
  private void putString(String value) {
    int chars = value.length();
    int width = isNarrow(value) ? 1 : 2;
    reserve(MOST_SIZE_BYTES + 1 + (long) width * chars);
    writeSize(chars);
    buffer[length++] = (byte) width;
    if (width == 1) {
      copyNarrow(value);
    } else {
      copyWide(value);
    }
    length += width * chars;
  }

  /** The compiler knows that no character of a string of bytes is wide, and drops the loop. */
  private static boolean isNarrow(String value) {
    int chars = value.length();
    for (int i = 0; i < chars; i++) {
      if (value.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings(
      "deprecation") // the one way of the JDK to copy such characters without another array
  private void copyNarrow(String value) {
    value.getBytes(0, value.length(), buffer, length);
  }

  private void copyWide(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      buffer[length + 2 * i] = (byte) (c >> 8);
      buffer[length + 2 * i + 1] = (byte) c;
    }
  }

  private void put(int value) {
    int at = claim(1);
    buffer[at] = (byte) value;
  }

  private void putShort(int value) {
    int at = claim(Short.BYTES);
    buffer[at] = (byte) (value >> 8);
    buffer[at + 1] = (byte) value;
  }

  /** Takes room for bytes that follow; where they begin. */
  private int claim(int bytes) {
    reserve(bytes);
    int at = length;
    length = at + bytes;
    return at;
  }

  private void reserve(long bytes) {
    if (buffer.length - length < bytes) {
      grow(length + bytes);
    }
  }

  private void grow(long needed) {
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("the value takes more than 2 GiB");
    }
    long doubled = Math.min(2L * buffer.length, MAX_BYTES);
    buffer = Arrays.copyOf(buffer, (int) Math.max(doubled, needed));
  }
}
