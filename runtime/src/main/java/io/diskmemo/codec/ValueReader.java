package io.diskmemo.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ValueWriter} wrote. Not thread-safe.
 *
 * <p>Bytes that cannot be what is asked for end in a {@link CorruptValueException}, or in the
 * exception of the class that refuses the value; both mean that the bytes are damaged. No length is
 * believed that exceeds the bytes left, nor do all lengths together exceed the bytes: each element
 * begins with a byte of its own, so that what is allocated for nested collections grows with the
 * number of bytes, and not with its product with the depth.
 */
public final class ValueReader {
  /** Constants of an enum whose names are compared; others are found by the hash of their names. */
  private static final int MOST_COMPARED = 32;

  private static final ClassValue<Enum<?>[]> CONSTANTS = new ClassValue<>() {
    @Override
    protected Enum<?>[] computeValue(Class<?> type) {
      Enum<?>[] all = (Enum<?>[]) Objects.requireNonNull(type.getEnumConstants());
      return Arrays.copyOf(all, Math.min(all.length, MOST_COMPARED));
    }
  };

  private final byte[] bytes;
  private int position;
  private int depth;

  /** Bytes that the elements of all sizes read so far take at least. */
  private long claimed;

  /**
   * A reader from the beginning.
   *
   * @param bytes not copied, and not to be changed while read
   */
  public ValueReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks that everything was read.
   *
   * @throws CorruptValueException if bytes are left
   */
  public void end() {
    if (position != bytes.length) {
      throw new CorruptValueException(
          (bytes.length - position) + " bytes are left after the value at byte " + position);
    }
  }

  /**
   * Goes one level deeper into a type that can hold itself.
   *
   * @throws CorruptValueException if that is deeper than any value is written
   */
  public void enter() {
    if (++depth > ValueWriter.MAX_DEPTH) {
      throw new CorruptValueException("nested too deep at byte " + position);
    }
  }

  /** Comes back from {@link #enter}. */
  public void leave() {
    depth--;
  }

  /**
   * Reads whether the next value is null.
   *
   * @return true if it is, so that nothing more is to be read of it
   */
  public boolean readNull() {
    return !readBoolean();
  }

  /**
   * Reads the number of elements that follow, each of which takes a byte at least that it shares with
   * no other element, not even one inside it.
   *
   * @return not more than the bytes left; all sizes together are not more than there are bytes
   */
  public int readSize() {
    return readSize(1);
  }

  private int readSize(int bytesEach) {
    long size = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = readByte();
      size |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        if (size * bytesEach > bytes.length - position) {
          throw new CorruptValueException(
              "size " + size + " at byte " + position + " exceeds the bytes left");
        }
        claim(size * bytesEach);
        return (int) size;
      }
    }
    throw new CorruptValueException("no size ends at byte " + position);
  }

  private void claim(long count) {
    claimed += count;
    if (claimed > bytes.length) {
      throw new CorruptValueException(
          "the sizes up to byte " + position + " exceed the bytes together");
    }
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public boolean readBoolean() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw new CorruptValueException("no boolean: " + value + " before byte " + position);
    }
    return value == 1;
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public byte readByte() {
    return bytes[take(1)];
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public short readShort() {
    int at = take(Short.BYTES);
    return (short) ((bytes[at] << 8) | (bytes[at + 1] & 0xFF));
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public char readChar() {
    return (char) readShort();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public int readInt() {
    return intAt(take(Integer.BYTES));
  }

  private int intAt(int at) {
    return (bytes[at] << 24)
        | ((bytes[at + 1] & 0xFF) << 16)
        | ((bytes[at + 2] & 0xFF) << 8)
        | (bytes[at + 3] & 0xFF);
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public long readLong() {
    int at = take(Long.BYTES);
    return ((long) intAt(at) << 32) | (intAt(at + Integer.BYTES) & 0xFFFF_FFFFL);
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public float readFloat() {
    return Float.intBitsToFloat(readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Boolean readNullableBoolean() {
    return readNull() ? null : readBoolean();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Byte readNullableByte() {
    return readNull() ? null : readByte();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Short readNullableShort() {
    return readNull() ? null : readShort();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Character readNullableChar() {
    return readNull() ? null : readChar();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Integer readNullableInt() {
    return readNull() ? null : readInt();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Long readNullableLong() {
    return readNull() ? null : readLong();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Float readNullableFloat() {
    return readNull() ? null : readFloat();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Double readNullableDouble() {
    return readNull() ? null : readDouble();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable String readString() {
    return readNull() ? null : getString();
  }

  /**
   * Reads a constant by its name.
   *
   * @param type class of the constant
   * @param <E> class of the constant
   * @return the value
   * @throws IllegalArgumentException if the class has no such constant
   */
  public <E extends Enum<E>> @Nullable E readEnum(Class<E> type) {
    return readNull() ? null : getEnum(type);
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable BigDecimal readBigDecimal() {
    return readNull() ? null : getBigDecimal();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable BigInteger readBigInteger() {
    return readNull() ? null : new BigInteger(getBytes());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable UUID readUuid() {
    return readNull() ? null : new UUID(readLong(), readLong());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable URI readUri() {
    return readNull() ? null : URI.create(getString());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Path readPath() {
    return readNull() ? null : path(getString());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable File readFile() {
    return readNull() ? null : new File(getString());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Instant readInstant() {
    return readNull() ? null : Instant.ofEpochSecond(readLong(), readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable LocalDate readLocalDate() {
    return readNull() ? null : LocalDate.ofEpochDay(readLong());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable LocalTime readLocalTime() {
    return readNull() ? null : LocalTime.ofNanoOfDay(readLong());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable LocalDateTime readLocalDateTime() {
    return readNull() ? null : getDateTime();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable OffsetDateTime readOffsetDateTime() {
    return readNull() ? null : OffsetDateTime.of(getDateTime(), getOffset());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable OffsetTime readOffsetTime() {
    return readNull() ? null : OffsetTime.of(LocalTime.ofNanoOfDay(readLong()), getOffset());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable ZonedDateTime readZonedDateTime() {
    return readNull() ? null : getZonedDateTime();
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Duration readDuration() {
    return readNull() ? null : Duration.ofSeconds(readLong(), readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Period readPeriod() {
    return readNull() ? null : Period.of(readInt(), readInt(), readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable Year readYear() {
    return readNull() ? null : Year.of(readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable YearMonth readYearMonth() {
    return readNull() ? null : YearMonth.of(readInt(), readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable MonthDay readMonthDay() {
    return readNull() ? null : MonthDay.of(readInt(), readInt());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable ZoneId readZoneId() {
    return readNull() ? null : ZoneId.of(getString());
  }

  /**
   * Reads a value.
   *
   * @return the value
   */
  public @Nullable ZoneOffset readZoneOffset() {
    return readNull() ? null : ZoneOffset.of(getString());
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public byte @Nullable [] readByteArray() {
    return readNull() ? null : getBytes();
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public boolean @Nullable [] readBooleanArray() {
    if (readNull()) {
      return null;
    }
    boolean[] values = new boolean[readSize(1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readBoolean();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public short @Nullable [] readShortArray() {
    if (readNull()) {
      return null;
    }
    short[] values = new short[readSize(Short.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readShort();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public char @Nullable [] readCharArray() {
    if (readNull()) {
      return null;
    }
    char[] values = new char[readSize(Character.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readChar();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public int @Nullable [] readIntArray() {
    if (readNull()) {
      return null;
    }
    int[] values = new int[readSize(Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readInt();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public long @Nullable [] readLongArray() {
    if (readNull()) {
      return null;
    }
    long[] values = new long[readSize(Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readLong();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public float @Nullable [] readFloatArray() {
    if (readNull()) {
      return null;
    }
    float[] values = new float[readSize(Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readFloat();
    }
    return values;
  }

  /**
   * Reads an array.
   *
   * @return a new array
   */
  public double @Nullable [] readDoubleArray() {
    if (readNull()) {
      return null;
    }
    double[] values = new double[readSize(Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = readDouble();
    }
    return values;
  }

  /** Looks for a constant whose name is next, without making a string of it. */
  private <E extends Enum<E>> E getEnum(Class<E> type) {
    int begin = position;
    int chars = readSize();
    if (readByte() == 1) {
      for (Enum<?> constant : CONSTANTS.get(type)) {
        if (isNext(constant.name(), chars)) {
          take(chars);
          return type.cast(constant);
        }
      }
    }
    position = begin;
    claimed -= chars; // which is read again
    return Enum.valueOf(type, getString());
  }

  private boolean isNext(String name, int chars) {
    if (name.length() != chars || bytes.length - position < chars) {
      return false;
    }
    for (int i = 0; i < chars; i++) {
      if (name.charAt(i) != (bytes[position + i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private BigDecimal getBigDecimal() {
    int scale = readInt();
    return new BigDecimal(new BigInteger(getBytes()), scale);
  }

  private LocalDateTime getDateTime() {
    return LocalDateTime.of(LocalDate.ofEpochDay(readLong()), LocalTime.ofNanoOfDay(readLong()));
  }

  private ZoneOffset getOffset() {
    return ZoneOffset.ofTotalSeconds(readInt());
  }

  private ZonedDateTime getZonedDateTime() {
    LocalDateTime dateTime = getDateTime();
    ZoneOffset offset = getOffset();
    String zone = getString();
    try {
      return ZonedDateTime.ofStrict(dateTime, offset, ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new CorruptValueException(
          dateTime + " is not " + offset + " in " + zone + ", by the rules of this JDK");
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CorruptValueException(name + " is no path in the encoding of this process");
    }
  }

  /** The bytes that are left. */
  byte[] readLast() {
    byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
    position = bytes.length;
    return rest;
  }

  private byte[] getBytes() {
    int size = readSize();
    int at = take(size);
    return Arrays.copyOfRange(bytes, at, at + size);
  }

  private String getString() {
    int chars = readSize();
    byte width = readByte();
    if (width == 1) {
      return new String(bytes, take(chars), chars, StandardCharsets.ISO_8859_1);
    }
    if (width == 2) {
      require(2L * chars);
      char[] value = new char[chars];
      for (int i = 0; i < chars; i++) {
        value[i] = readChar();
      }
      return new String(value);
    }
    throw new CorruptValueException("no width of characters: " + width);
  }

  /** Goes past bytes; where they begin. */
  private int take(int count) {
    int at = position;
    require(count);
    position = at + count;
    return at;
  }

  private void require(long count) {
    if (bytes.length - position < count) {
      throw new CorruptValueException(
          count + " bytes are wanted at byte " + position + " of " + bytes.length);
    }
  }
}
