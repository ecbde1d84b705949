package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before the value in a file of its own: enough to make its row again. Part of the disk
 * format. Numbers are big-endian; a text is its length in bytes and UTF-8.
 *
 * <pre>
 * 8 bytes  "DMVALUE" and the format number, 1
 * int      length of all that stands before the value
 * 32 bytes key
 * long     when it was stored; when it expires; its cost in nanoseconds
 * long     checksum of the entry, as in the row when it was stored
 * text     name of the method
 * int      version of the method
 * text     fingerprint of the method
 * int      number of tags; then each as a text
 * long     length of the value
 * int      CRC-32C of all before
 * </pre>
 */
record ValueFile(
    Key key,
    long storedMillis,
    long expiresMillis,
    long costNanos,
    long checksum,
    MethodName method,
    List<String> tags,
    long valueBytes) {
  /** What tells a value file from others. */
  static final long MAGIC = 0x444D_5641_4C55_4501L; // "DMVALUE", format 1

  /** Bytes that hold {@link #lengthIn}. */
  static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;

  private static final int FIXED_BYTES =
      PREFIX_BYTES + Key.LENGTH + 4 * Long.BYTES + 4 * Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** A longer header cannot be read. */
  static final int MOST_BYTES = 1 << 20;

  /** Its bytes. */
  byte[] toBytes() {
    byte[] name = utf8(method.name());
    byte[] fingerprint = utf8(method.fingerprint());
    List<byte[]> names = tags.stream().map(ValueFile::utf8).toList();
    int length = FIXED_BYTES
        + name.length
        + fingerprint.length
        + names.stream().mapToInt(tag -> Integer.BYTES + tag.length).sum();
    ByteBuffer header = ByteBuffer.allocate(length)
        .putLong(MAGIC)
        .putInt(length)
        .put(key.toBytes())
        .putLong(storedMillis)
        .putLong(expiresMillis)
        .putLong(costNanos)
        .putLong(checksum);
    putText(header, name);
    header.putInt(method.version());
    putText(header, fingerprint);
    header.putInt(names.size());
    names.forEach(tag -> putText(header, tag));
    header.putLong(valueBytes);
    return header.putInt(crc(header.array(), length - Integer.BYTES)).array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void putText(ByteBuffer header, byte[] text) {
    header.putInt(text.length).put(text);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** How long a header is that begins with these bytes; empty if it is none. */
  static Optional<Integer> lengthIn(ByteBuffer prefix) {
    if (prefix.remaining() < PREFIX_BYTES || prefix.getLong() != MAGIC) {
      return Optional.empty();
    }
    int length = prefix.getInt();
    return length >= FIXED_BYTES && length <= MOST_BYTES ? Optional.of(length) : Optional.empty();
  }

  /** What the bytes of a whole header say; empty if they are damaged. */
  static Optional<ValueFile> of(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int withoutCrc = bytes.length - Integer.BYTES;
    if (bytes.length < FIXED_BYTES || header.getInt(withoutCrc) != crc(bytes, withoutCrc)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(header));
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      return Optional.empty(); // somebody made the checksum fit
    }
  }

  private static ValueFile read(ByteBuffer header) {
    header.position(PREFIX_BYTES);
    byte[] key = new byte[Key.LENGTH];
    header.get(key);
    long stored = header.getLong();
    long expires = header.getLong();
    long cost = header.getLong();
    long checksum = header.getLong();
    MethodName method = new MethodName(text(header), header.getInt(), text(header));
    int count = header.getInt();
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(text(header));
    }
    return new ValueFile(
        Key.of(key), stored, expires, cost, checksum, method, tags, header.getLong());
  }

  private static String text(ByteBuffer header) {
    int length = header.getInt();
    if (length < 0 || length > header.remaining()) {
      throw new IllegalArgumentException("a text is longer than what holds it");
    }
    byte[] text = new byte[length];
    header.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
