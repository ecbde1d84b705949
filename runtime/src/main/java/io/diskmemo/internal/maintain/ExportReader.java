package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.EntryChecksum;
import io.diskmemo.internal.disk.OwnFile;
import io.diskmemo.internal.disk.Pace;
import io.diskmemo.internal.maintain.ExportFile.Description;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Reads a file of entries, as {@link ExportFile} has it. Nothing that the file says is believed: memory
 * is never taken by a length before so many bytes are known to be there. Not thread-safe.
 */
public final class ExportReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final RandomAccessFile file; // an interrupt does not close it, as it would a channel
  private final long size;
  private long position;

  private ExportReader(RandomAccessFile file) throws IOException {
    this.file = file;
    this.size = file.length();
  }

  /**
   * Opens a file.
   *
   * @param file to read
   * @return a reader of it
   * @throws IOException if it cannot be opened
   */
  public static ExportReader open(Path file) throws IOException {
    OwnFile.requireOfThisSystem(file);
    file.getFileSystem().provider().checkAccess(file, AccessMode.READ); // which says what is wrong
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r");
    try {
      return new ExportReader(opened);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * An entry.
   *
   * @param description all that the file says of it
   * @param value its bytes, in the file
   */
  record Entry(Description description, Content value) {
    /** The value, and when it was encrypted if it is. */
    Content valueToStore() throws IOException {
      return requireSound(this) ? Content.sealed(value, description.storedMillis()) : value;
    }
  }

  /** Takes entries. */
  interface Use {
    void take(Entry entry) throws IOException;
  }

  /**
   * Reads all of the file, and checks it.
   *
   * @param pace says how long it goes on
   * @param isKindName whether a kind can have a name
   * @return false if it was told to end early
   * @throws BadExportException if it is not exactly what it should be
   * @throws IOException if it cannot be read
   */
  public boolean isSound(Pace pace, Predicate<String> isKindName) throws IOException {
    MessageDigest digest = ExportFile.sha256();
    long[] entries = {0};
    if (!eachEntry(
        entry -> {
          if (!isKindName.test(entry.description().kind())) {
            throw new BadExportException("there is an entry of a kind with an impossible name");
          }
          requireSound(entry);
          entries[0]++;
        },
        pace)) {
      return false;
    }
    ByteBuffer tail = bytes(ExportFile.TAIL_BYTES - 1);
    if (tail.getLong() != entries[0] || position != size) {
      throw new BadExportException("the file does not end as it should");
    }
    byte[] stated = new byte[tail.remaining()];
    tail.get(stated);
    if (!isDigested(size - stated.length, digest, pace)) {
      return false;
    }
    if (!Arrays.equals(stated, digest.digest())) {
      throw new BadExportException("the checksum of the file does not hold");
    }
    return true;
  }

  /** Shows each entry; false if it was told to end early. Afterwards the end can be read. */
  boolean eachEntry(Use use, Pace pace) throws IOException {
    position = 0;
    if (bytes(Long.BYTES).getLong() != ExportFile.MAGIC) {
      throw new BadExportException("it is no file of entries that this release can read");
    }
    while (pace.goOn(0)) {
      int kind = bytes(1).get();
      if (kind == ExportFile.END) {
        return true;
      }
      if (kind != ExportFile.ENTRY) {
        throw new BadExportException("there is something that is no entry");
      }
      use.take(entry());
      pace.goOn(1);
    }
    return false;
  }

  private Entry entry() throws IOException {
    int length = bytes(Integer.BYTES).getInt();
    if (length < 0 || length > ExportFile.MOST_DESCRIPTION_BYTES) {
      throw new BadExportException("a description says that it has " + length + " bytes");
    }
    byte[] bytes = bytes(length).array();
    if (bytes(Integer.BYTES).getInt() != ExportFile.crcOf(bytes)) {
      throw new BadExportException("the checksum of a description does not hold");
    }
    Description description = Description.of(bytes);
    if (description.valueBytes() > size - position - ExportFile.TAIL_BYTES) {
      throw new BadExportException("a value says that it has " + description.valueBytes()
          + " bytes, and the file ends before");
    }
    Content value = new Part(file, position, description.valueBytes());
    position += description.valueBytes();
    return new Entry(description, value);
  }

  /** So many bytes, which are few. */
  private ByteBuffer bytes(int length) throws IOException {
    if (length > size - position) {
      throw new BadExportException("the file ends early");
    }
    byte[] bytes = new byte[length];
    file.seek(position);
    try {
      file.readFully(bytes);
    } catch (EOFException e) {
      throw new BadExportException("the file ends early");
    }
    position += length;
    return ByteBuffer.wrap(bytes);
  }

  /** Returns whether the value is encrypted. */
  private static boolean requireSound(Entry entry) throws IOException {
    Description description = entry.description();
    EntryChecksum sum = new EntryChecksum(
        description.key(),
        description.storedMillis(),
        description.expiresMillis(),
        description.costNanos());
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, description.valueBytes() + 1)];
    try (InputStream value = entry.value().newInputStream()) {
      for (int read = value.read(buffer); read >= 0; read = value.read(buffer)) {
        sum.add(buffer, read);
      }
    }
    if (!sum.holds(description.checksum())) {
      throw new BadExportException("the checksum of an entry does not hold");
    }
    return sum.isSealed(description.checksum());
  }

  private boolean isDigested(long end, MessageDigest digest, Pace pace) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new Part(file, 0, end).newInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!pace.goOn(0)) {
          return false;
        }
        digest.update(buffer, 0, read);
      }
    }
    return true;
  }

  /** Part of the file, which stays open. */
  private record Part(RandomAccessFile file, long offset, long sizeBytes) implements Content {
    @Override
    public InputStream newInputStream() {
      return new InputStream() {
        private long read;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          int most = (int) Math.min(length, sizeBytes - read);
          if (most <= 0) {
            return length == 0 ? 0 : -1;
          }
          file.seek(offset + read);
          int got = file.read(bytes, from, most);
          read += Math.max(0, got);
          return got;
        }
      };
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
