package io.diskmemo.key;

import io.diskmemo.internal.name.LastingNames;
import io.diskmemo.internal.order.SortedRun;
import io.diskmemo.internal.path.PathText;
import io.diskmemo.internal.path.UriText;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
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
 * The canonical encoding of arguments, digested as it is written. Not thread-safe; for one key.
 *
 * <p>Every value is a type tag and a payload. Numbers are big-endian. Strings are the length in bytes
 * and UTF-8, in which a surrogate without its partner is encoded by itself, so that no two strings
 * share bytes. A boxed number is encoded as the primitive; {@code null} has its own tag. Floating
 * point values are compared as {@link Double#equals} does: one NaN, two zeros. A list is its size and
 * its elements in order; a set or map is its size and its elements or entries, sorted by their
 * encoded bytes:
 *
 * <pre>{@code
 * key.beginSet(colours.size());
 * for (Colour colour : colours) {
 *   key.beginElement();
 *   key.writeEnum(colour);
 * }
 * key.endSet();
 * }</pre>
 *
 * <p>A method is named after the type that it writes, as those of {@link
 * io.diskmemo.codec.ValueReader} are.
 *
 * <p>What is written at the outer level goes to the digest in pieces; inside a set or map it is held
 * until its end, because it has to be sorted.
 */
public final class KeyWriter {
  /** The number of this encoding; the first byte of every preimage. */
  public static final int FORMAT = 1;

  private static final int FLUSH_BYTES = 8192;
  private static final int MAX_DEPTH = 1000;
  private static final MessageDigest PROTOTYPE = newDigest();
  private static final FileDigests FILES =
      new FileDigests(KeyWriter::copyOfPrototype, Clock.systemUTC());

  private final MessageDigest digest;
  private byte[] buffer = new byte[256];
  private int length;
  private long flushedBytes;
  private @Nullable SortedRun openRun;
  private int depth;
  private boolean holdsFileContent;

  /** A writer of an empty preimage but for the format number. */
  public KeyWriter() {
    this.digest = copyOfPrototype();
    buffer[length++] = FORMAT;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static MessageDigest copyOfPrototype() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      return newDigest(); // a provider whose digests cannot be copied
    }
  }

  /**
   * Ends the preimage.
   *
   * @return the digest of what was written
   */
  public Key toKey() {
    if (openRun != null) {
      throw new IllegalStateException("a set or map is still open");
    }
    digest.update(buffer, 0, length);
    return Key.ofOwned(digest.digest());
  }

  /**
   * How much was written.
   *
   * @return bytes
   */
  public long sizeBytes() {
    return flushedBytes + length;
  }

  /**
   * Whether the content of a file was written, which another process may change at any time.
   *
   * @return true after {@link #writeContent(Path)}
   */
  public boolean holdsFileContent() {
    return holdsFileContent;
  }

  /** Writes {@code null}. */
  public void writeNull() {
    tag(TypeTag.NULL);
  }

  /**
   * Writes {@code null} if that is the value.
   *
   * @param value to look at
   * @return true if it was null and is written
   */
  public boolean writeNull(@Nullable Object value) {
    if (value == null) {
      tag(TypeTag.NULL);
    }
    return value == null;
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeBoolean(boolean value) {
    tag(TypeTag.BOOLEAN);
    put(value ? 1 : 0);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeByte(byte value) {
    tag(TypeTag.BYTE);
    put(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeShort(short value) {
    tag(TypeTag.SHORT);
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeChar(char value) {
    tag(TypeTag.CHAR);
    putShort(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeInt(int value) {
    tag(TypeTag.INT);
    putInt(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLong(long value) {
    tag(TypeTag.LONG);
    putLong(value);
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeFloat(float value) {
    tag(TypeTag.FLOAT);
    putInt(Float.floatToIntBits(value));
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeDouble(double value) {
    tag(TypeTag.DOUBLE);
    putLong(Double.doubleToLongBits(value));
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeNullableBoolean(@Nullable Boolean value) {
    if (value == null) {
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
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
      writeNull();
    } else {
      tag(TypeTag.STRING);
      putString(value);
    }
  }

  /**
   * Writes a constant as the name of its class and its own.
   *
   * @param value to write
   */
  public void writeEnum(@Nullable Enum<?> value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.ENUM);
      putString(value.getDeclaringClass().getName());
      putString(value.name());
    }
  }

  /**
   * Writes a value; its scale counts, as {@link BigDecimal#equals} has it.
   *
   * @param value to write
   */
  public void writeBigDecimal(@Nullable BigDecimal value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.BIG_DECIMAL);
      putInt(value.scale());
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
      writeNull();
    } else {
      tag(TypeTag.BIG_INTEGER);
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
      writeNull();
    } else {
      tag(TypeTag.UUID);
      putLong(value.getMostSignificantBits());
      putLong(value.getLeastSignificantBits());
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
    if (value == null) {
      writeNull();
    } else if (!UriText.isWhole(value)) {
      throw new IllegalArgumentException(
          "the string of the URI " + value + " is that of another, and says nothing in a key");
    } else {
      tag(TypeTag.URI);
      putString(value.toString());
    }
  }

  /**
   * Writes a path as its string, whatever it points to; one of another file system than the default,
   * or with a name whose bytes are no characters, as its URI and its string.
   *
   * @param value to write
   */
  public void writePath(@Nullable Path value) {
    if (value == null) {
      writeNull();
    } else if (PathText.isWhole(value)) {
      tag(TypeTag.PATH);
      putString(value.toString());
    } else {
      tag(TypeTag.FOREIGN_PATH);
      putString(PathText.uri(value));
      putString(value.toString());
    }
  }

  /**
   * Writes a file's path as its string, whatever it points to.
   *
   * @param value to write
   */
  public void writeFile(@Nullable File value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.FILE);
      putString(value.getPath());
    }
  }

  /**
   * Writes what a file holds: its length and the SHA-256 of its bytes. Reads the whole file, unless
   * it did so before and the file cannot have changed since.
   *
   * @param file to read
   * @throws IOException if it cannot be read
   */
  public void writeContent(@Nullable Path file) throws IOException {
    if (file == null) {
      writeNull();
    } else {
      holdsFileContent = true;
      FileDigests.Digest content = FILES.of(file);
      tag(TypeTag.FILE_CONTENT);
      putLong(content.sizeBytes());
      putRaw(content.sha256());
    }
  }

  /**
   * Writes what a file holds: its length and the SHA-256 of its bytes. Reads the whole file, unless
   * it did so before and the file cannot have changed since.
   *
   * @param file to read
   * @throws IOException if it cannot be read
   */
  public void writeContent(@Nullable File file) throws IOException {
    writeContent(file == null ? null : file.toPath());
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeInstant(@Nullable Instant value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.INSTANT);
      putLong(value.getEpochSecond());
      putInt(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalDate(@Nullable LocalDate value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.LOCAL_DATE);
      putLong(value.toEpochDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalTime(@Nullable LocalTime value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.LOCAL_TIME);
      putLong(value.toNanoOfDay());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeLocalDateTime(@Nullable LocalDateTime value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.LOCAL_DATE_TIME);
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
      writeNull();
    } else {
      tag(TypeTag.OFFSET_DATE_TIME);
      putDateTime(value.toLocalDateTime());
      putInt(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeOffsetTime(@Nullable OffsetTime value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.OFFSET_TIME);
      putLong(value.toLocalTime().toNanoOfDay());
      putInt(value.getOffset().getTotalSeconds());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeZonedDateTime(@Nullable ZonedDateTime value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.ZONED_DATE_TIME);
      putDateTime(value.toLocalDateTime());
      putInt(value.getOffset().getTotalSeconds());
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
      writeNull();
    } else {
      tag(TypeTag.DURATION);
      putLong(value.getSeconds());
      putInt(value.getNano());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writePeriod(@Nullable Period value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.PERIOD);
      putInt(value.getYears());
      putInt(value.getMonths());
      putInt(value.getDays());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeYear(@Nullable Year value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.YEAR);
      putInt(value.getValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeYearMonth(@Nullable YearMonth value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.YEAR_MONTH);
      putInt(value.getYear());
      putInt(value.getMonthValue());
    }
  }

  /**
   * Writes a value.
   *
   * @param value to write
   */
  public void writeMonthDay(@Nullable MonthDay value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.MONTH_DAY);
      putInt(value.getMonthValue());
      putInt(value.getDayOfMonth());
    }
  }

  /**
   * Writes a zone or offset as its id.
   *
   * @param value to write
   */
  public void writeZoneId(@Nullable ZoneId value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.ZONE_ID);
      putString(value.getId());
    }
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
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeBooleanArray(boolean @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.BOOLEAN, values.length);
      for (boolean value : values) {
        put(value ? 1 : 0);
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeByteArray(byte @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.BYTE, values.length);
      putRaw(values);
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeShortArray(short @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.SHORT, values.length);
      for (short value : values) {
        putShort(value);
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeCharArray(char @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.CHAR, values.length);
      for (char value : values) {
        putShort(value);
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeIntArray(int @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.INT, values.length);
      for (int value : values) {
        putInt(value);
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeLongArray(long @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.LONG, values.length);
      for (long value : values) {
        putLong(value);
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeFloatArray(float @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.FLOAT, values.length);
      for (float value : values) {
        putInt(Float.floatToIntBits(value));
      }
    }
  }

  /**
   * Writes an array by its content.
   *
   * @param values to write
   */
  public void writeDoubleArray(double @Nullable [] values) {
    if (values == null) {
      writeNull();
    } else {
      primitiveArray(TypeTag.DOUBLE, values.length);
      for (double value : values) {
        putLong(Double.doubleToLongBits(value));
      }
    }
  }

  /**
   * Writes a value that writes itself, after the name of its class and before a tag that ends it.
   *
   * @param value to write
   * @throws IllegalArgumentException if its class has no lasting name, as {@link KeyEncodable} says
   */
  public void writeEncodable(@Nullable KeyEncodable value) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.ENCODABLE);
      putString(LastingNames.ofObject(value));
      enter();
      value.encodeKey(this);
      leave();
      tag(TypeTag.END);
    }
  }

  /**
   * Writes a value as somebody else knows how, after the name of the encoder's class and before a
   * tag that ends it.
   *
   * @param value to write
   * @param encoder for it
   * @param <T> type of the value
   * @throws IllegalArgumentException if the encoder's class has no lasting name, as that of a lambda
   */
  public <T> void writeEncoded(@Nullable T value, KeyEncoder<? super T> encoder) {
    if (value == null) {
      writeNull();
    } else {
      tag(TypeTag.ENCODED);
      putString(LastingNames.ofObject(encoder));
      enter();
      encoder.encode(this, value);
      leave();
      tag(TypeTag.END);
    }
  }

  /**
   * Goes one level deeper into a type that can hold itself.
   *
   * @throws IllegalArgumentException if that is too deep, as in a list that holds itself
   */
  public void enter() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "an argument is nested more than " + MAX_DEPTH + " deep, or holds itself");
    }
  }

  /** Comes back from {@link #enter}. */
  public void leave() {
    depth--;
  }

  /**
   * Begins a record; its components follow, in order.
   *
   * @param className binary name of the record's class
   * @param components how many follow
   */
  public void beginRecord(String className, int components) {
    tag(TypeTag.RECORD);
    putString(className);
    putInt(components);
  }

  /**
   * Begins a list; its elements follow, in order.
   *
   * @param size how many follow
   */
  public void beginList(int size) {
    tag(TypeTag.LIST);
    putInt(size);
  }

  /**
   * Begins an array of objects; its elements follow, in order.
   *
   * @param size how many follow
   */
  public void beginArray(int size) {
    tag(TypeTag.ARRAY);
    putInt(size);
  }

  /**
   * Begins an optional; its value follows if it has one.
   *
   * @param present whether it has one
   */
  public void beginOptional(boolean present) {
    tag(TypeTag.OPTIONAL);
    put(present ? 1 : 0);
  }

  /**
   * Begins a set; its elements follow in any order, each after {@link #beginElement}.
   *
   * @param size how many follow
   */
  public void beginSet(int size) {
    tag(TypeTag.SET);
    putInt(size);
    openRun = new SortedRun(openRun, size);
  }

  /** Ends the set begun last. */
  public void endSet() {
    closeRun();
  }

  /**
   * Begins a map; its entries follow in any order, each after {@link #beginElement}: a key and its
   * value.
   *
   * @param size how many follow
   */
  public void beginMap(int size) {
    tag(TypeTag.MAP);
    putInt(size);
    openRun = new SortedRun(openRun, size);
  }

  /** Ends the map begun last. */
  public void endMap() {
    closeRun();
  }

  /** Begins the next element of a set or the next entry of a map. */
  public void beginElement() {
    if (openRun == null) {
      throw new IllegalStateException("no set or map is open");
    }
    openRun.begin(length);
  }

  private void closeRun() {
    if (openRun == null) {
      throw new IllegalStateException("no set or map is open");
    }
    openRun.sort(buffer, length);
    openRun = openRun.outer();
  }

  private void primitiveArray(byte elementTag, int size) {
    tag(TypeTag.PRIMITIVE_ARRAY);
    put(elementTag);
    putInt(size);
  }

  private void putDateTime(LocalDateTime value) {
    putLong(value.toLocalDate().toEpochDay());
    putLong(value.toLocalTime().toNanoOfDay());
  }

  private void putBytes(byte[] bytes) {
    putInt(bytes.length);
    putRaw(bytes);
  }

  private void putString(String value) {
    int chars = value.length();
    putInt(utf8Length(value));
    for (int i = 0; i < chars; i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        put(c);
      } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
      } else if (startsPair(value, i)) {
        int codePoint = Character.toCodePoint(c, value.charAt(++i));
        put(0xF0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3F));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
      } else {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
      }
    }
  }

  private static int utf8Length(String value) {
    int chars = value.length();
    int bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        if (c < 0x800) {
          bytes += 1;
        } else {
          bytes += 2; // a pair is two chars and four bytes
          if (startsPair(value, i)) {
            i++;
          }
        }
      }
    }
    return bytes;
  }

  private static boolean startsPair(String value, int index) {
    return Character.isHighSurrogate(value.charAt(index))
        && index + 1 < value.length()
        && Character.isLowSurrogate(value.charAt(index + 1));
  }

  private void tag(byte tag) {
    if (openRun == null && length >= FLUSH_BYTES) {
      flush();
    }
    put(tag);
  }

  private void flush() {
    digest.update(buffer, 0, length);
    flushedBytes += length;
    length = 0;
  }

  private void put(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  private void putShort(int value) {
    reserve(2);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    reserve(4);
    buffer[length++] = (byte) (value >> 24);
    buffer[length++] = (byte) (value >> 16);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  private void putRaw(byte[] bytes) {
    if (openRun == null && bytes.length > FLUSH_BYTES) {
      flush();
      digest.update(bytes);
      flushedBytes += bytes.length;
    } else {
      reserve(bytes.length);
      System.arraycopy(bytes, 0, buffer, length, bytes.length);
      length += bytes.length;
    }
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      long needed = (long) length + bytes;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("the arguments take more than 2 GiB in a set or map");
      }
      int doubled = (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8);
      buffer = Arrays.copyOf(buffer, Math.max(doubled, (int) needed));
    }
  }
}
