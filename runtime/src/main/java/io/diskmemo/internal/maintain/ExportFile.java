package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.EntryScan;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.key.Key;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format of a file of entries, as docs/export-format.md specifies it. Numbers are big-endian; a
 * text is its length in bytes, an int, and UTF-8.
 *
 * <pre>
 * 8 bytes   "DMEXPRT" and the format number, 1
 * for each entry:
 *   byte    1
 *   int     length of the description
 *   ...     description: text kind; 32 bytes key; longs stored, expires, cost, checksum; text name,
 *           int version, text fingerprint of the method; int number of tags, each a text; long length
 *           of the value
 *   int     CRC-32C of the description
 *   ...     value
 * byte      0
 * long      number of entries
 * 32 bytes  SHA-256 of all before
 * </pre>
 */
final class ExportFile {
  static final long MAGIC = 0x444D_4558_5052_5401L; // "DMEXPRT", format 1
  static final int ENTRY = 1;
  static final int END = 0;
  static final int MOST_DESCRIPTION_BYTES = 1 << 20;

  /** What follows the last entry. */
  static final int TAIL_BYTES = 1 + Long.BYTES + 32;

  /** What stands before a value. */
  record Description(
      String kind,
      Key key,
      long storedMillis,
      long expiresMillis,
      long costNanos,
      long checksum,
      MethodName method,
      List<String> tags,
      long valueBytes) {

    static Description of(String kind, EntryScan.Entry entry) {
      return new Description(
          kind,
          entry.key(),
          entry.storedMillis(),
          entry.expiresMillis(),
          entry.costNanos(),
          entry.checksum(),
          entry.method(),
          entry.tags(),
          entry.value().sizeBytes());
    }

    byte[] toBytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      writeText(out, kind);
      out.write(key.toBytes());
      out.writeLong(storedMillis);
      out.writeLong(expiresMillis);
      out.writeLong(costNanos);
      out.writeLong(checksum);
      writeText(out, method.name());
      out.writeInt(method.version());
      writeText(out, method.fingerprint());
      out.writeInt(tags.size());
      for (String tag : tags) {
        writeText(out, tag);
      }
      out.writeLong(valueBytes);
      return bytes.toByteArray();
    }

    /** Throws {@link BadExportException} unless the bytes are exactly a description. */
    static Description of(byte[] bytes) throws BadExportException {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      try {
        Description description = read(in);
        if (in.hasRemaining() || description.valueBytes < 0) {
          throw new BadExportException("a description has the wrong length");
        }
        return description;
      } catch (BufferUnderflowException e) {
        throw new BadExportException("a description ends early");
      }
    }

    private static Description read(ByteBuffer in) throws BadExportException {
      String kind = readText(in);
      byte[] key = new byte[Key.LENGTH];
      in.get(key);
      long stored = in.getLong();
      long expires = in.getLong();
      long cost = in.getLong();
      long checksum = in.getLong();
      MethodName method = new MethodName(readText(in), in.getInt(), readText(in));
      int count = in.getInt();
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tags.add(readText(in)); // each takes bytes, so that a false count ends with them
      }
      return new Description(
          kind, Key.of(key), stored, expires, cost, checksum, method, tags, in.getLong());
    }
  }

  private ExportFile() {}

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(ByteBuffer in) throws BadExportException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BadExportException("a text is longer than what holds it");
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new BadExportException("a text is no UTF-8");
    }
  }

  static int crcOf(byte[] description) {
    CRC32C crc = new CRC32C();
    crc.update(description);
    return (int) crc.getValue();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
