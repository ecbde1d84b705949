package io.diskmemo.codec;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Bytes that need not be in memory, for results of many megabytes. A memoized method that returns a
 * blob has it copied to a file of the store, and its callers read from that file.
 *
 * <pre>{@code
 * @DiskMemoize
 * Blob render(Scene scene) throws IOException {
 *   return Blob.write(out -> renderer.render(scene, out));
 * }
 * }</pre>
 *
 * <p>Immutable; thread-safe. A blob from the store can be read for as long as it is reachable, also
 * when its entry was evicted; until then it holds an open file. A process has at most 500 such files
 * open: who keeps more blobs than that gets an {@link IOException} for the next. An interrupt of one
 * thread does not disturb those that read the same blob.
 */
public final class Blob {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Cleaner CLEANER = Cleaner.create();

  private final Source source;
  private final long sizeBytes;
  private final long memoryBytes;

  /** Where the bytes are. */
  private interface Source {
    InputStream newInputStream() throws IOException;
  }

  /** Writes the bytes of a blob. */
  public interface Content {
    /**
     * Writes.
     *
     * @param out takes the bytes; may be closed, and need not be
     * @throws IOException if they cannot be made or written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private Blob(Source source, long sizeBytes, long memoryBytes) {
    this.source = source;
    this.sizeBytes = sizeBytes;
    this.memoryBytes = memoryBytes;
  }

  /**
   * A blob of bytes in memory.
   *
   * @param bytes copied
   * @return the blob
   */
  public static Blob of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Blob(() -> new ByteArrayInputStream(copy), copy.length, copy.length);
  }

  /**
   * A blob of a file that nobody changes or deletes until the method that returns it has ended.
   *
   * @param file to read
   * @return the blob
   * @throws IOException if the file cannot be read
   */
  public static Blob of(Path file) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      return write(out -> Files.copy(file, out));
    }
    BlobFile opened = BlobFile.open(file);
    boolean done = false;
    try {
      Blob blob = of(opened, 0, opened.sizeBytes());
      done = true;
      return blob;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  /**
   * A blob of part of a file that nobody changes any more.
   *
   * @param file to read
   * @param offset of the first byte
   * @param sizeBytes of the part
   * @return the blob
   * @throws IOException if the file cannot be opened
   */
  public static Blob of(Path file, long offset, long sizeBytes) throws IOException {
    return of(BlobFile.open(file), offset, sizeBytes);
  }

  /** Makes the bytes of a blob from those of a file. */
  public interface Decoding {
    /**
     * Begins.
     *
     * @param stored bytes in the file
     * @return the bytes of the blob; closes what it reads from
     * @throws IOException if they cannot be read
     */
    InputStream decoding(InputStream stored) throws IOException;
  }

  /**
   * A blob of part of a file that nobody changes any more, whose bytes are made from those of the file
   * each time it is read.
   *
   * @param file to read
   * @param offset of the first byte
   * @param storedBytes of the part
   * @param decoding makes the bytes
   * @param sizeBytes how many it makes
   * @return the blob
   * @throws IOException if the file cannot be opened
   */
  public static Blob of(Path file, long offset, long storedBytes, Decoding decoding, long sizeBytes)
      throws IOException {
    BlobFile opened = BlobFile.open(file);
    return of(opened, () -> decoding.decoding(new Range(opened, offset, storedBytes)), sizeBytes);
  }

  private static Blob of(BlobFile file, long offset, long sizeBytes) {
    return of(file, () -> new Range(file, offset, sizeBytes), sizeBytes);
  }

  private static Blob of(BlobFile file, Source source, long sizeBytes) {
    Blob blob = new Blob(source, sizeBytes, 0);
    CLEANER.register(blob, () -> close(file));
    return blob;
  }

  private static void close(BlobFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the cleaner ignores it
    }
  }

  /**
   * A blob that is written now, to a temporary file that is deleted at once and whose room is free when
   * the blob is not reachable any more.
   *
   * @param content called once, now
   * @return the blob
   * @throws IOException if the content cannot be made or written
   */
  public static Blob write(Content content) throws IOException {
    BlobFile file = BlobFile.temporary();
    boolean written = false;
    try {
      OutputStream out = new BufferedOutputStream(file.newOutputStream(), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      Blob blob = of(file, 0, file.sizeBytes());
      written = true;
      return blob;
    } finally {
      if (!written) {
        file.close();
      }
    }
  }

  /**
   * How long it is.
   *
   * @return bytes
   */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * How many of its bytes are in memory, for whoever keeps many.
   *
   * @return 0 if they are in a file
   */
  public long memoryBytes() {
    return memoryBytes;
  }

  /**
   * The bytes, from the first on.
   *
   * @return a stream of the caller's own
   * @throws IOException if they cannot be read
   */
  public InputStream newInputStream() throws IOException {
    return new Reachable(source.newInputStream(), this);
  }

  /**
   * Copies the bytes to a file, in place of what is there.
   *
   * @param file to write
   * @throws IOException if it cannot be written
   */
  public void copyTo(Path file) throws IOException {
    try (InputStream in = newInputStream()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * All bytes in memory.
   *
   * @return a new array
   * @throws IOException if they cannot be read
   */
  public byte[] toBytes() throws IOException {
    try (InputStream in = newInputStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(sizeBytes, 1 << 20));
      in.transferTo(out);
      return out.toByteArray();
    }
  }

  /** The size, and not the content. */
  @Override
  public String toString() {
    return "Blob of " + sizeBytes + " bytes";
  }

  /** Keeps a blob, and with it the open file, for as long as somebody reads. */
  private static final class Reachable extends FilterInputStream {
    private final Blob blob;

    Reachable(InputStream in, Blob blob) {
      super(in);
      this.blob = blob;
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } finally {
        Reference.reachabilityFence(blob);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } finally {
        Reference.reachabilityFence(blob);
      }
    }
  }

  /** Reads part of a file, independently of others that read it. */
  private static final class Range extends InputStream {
    private final BlobFile file;
    private final long end;
    private long position;

    Range(BlobFile file, long offset, long sizeBytes) {
      this.file = file;
      this.position = offset;
      this.end = offset + sizeBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int most = (int) Math.min(length, end - position);
      int read = most == 0 ? -1 : file.read(position, bytes, offset, most);
      if (read < 0 && most > 0) {
        throw new IOException("the file is " + (end - position) + " bytes shorter than it was");
      }
      position += Math.max(0, read);
      return read;
    }
  }
}
