package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of large values of one kind, in {@code values/ab/cd/<writer>-<number>.value}. Thread-safe.
 *
 * <p>A file is written and forced before the transaction that makes its row, and is deleted after the
 * transaction that removes the row, which also notes its name as doomed: so nothing is lost by a
 * rollback, and a process that dies in between leaves a file that can be told from one that somebody
 * is about to commit:
 *
 * <ul>
 *   <li>a doomed one has its name in {@code doomed_file};
 *   <li>one without a row was left by a writer that is dead. Each writer has a name of its own, and
 *       holds a lock on the file {@code values/<writer>.lock}, which the system gives back when the
 *       process ends, however it does.
 * </ul>
 */
final class ValueFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  static final String DIRECTORY = "values";

  static final Pattern NAME =
      Pattern.compile("[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-z]{1,20})-[0-9]{1,19}\\.value");
  private static final int BUFFER_BYTES = 256 * 1024;
  /** As much as an array can have, about. */
  static final int MOST_BYTES_IN_MEMORY = Integer.MAX_VALUE - 8;

  private static final int MOST_FORGOTTEN = 100;

  private final Path directory;
  private final AtomicLong number = new AtomicLong();
  private final Queue<String> doomed = new ConcurrentLinkedQueue<>();
  private final Queue<String> deleted = new ConcurrentLinkedQueue<>();
  private final ValueFileReader reader = new ValueFileReader(this);
  private @Nullable WriterLock lock; // guarded by this

  ValueFiles(Path kindDirectory) {
    this.directory = kindDirectory.resolve(DIRECTORY);
  }

  /**
   * Writes the value of an entry, and forces it.
   *
   * @return with the name of the file, and the checksum of what was written
   */
  Prepared write(NewEntry entry, long storedMillis) {
    try {
      String name = newName(entry.key());
      Path file = directory.resolve(name);
      return Platform.uninterrupted(() -> {
        boolean written = false;
        try {
          long checksum = write(file, entry, storedMillis);
          written = true;
          return new Prepared(entry, storedMillis, checksum, name);
        } finally {
          if (!written) {
            Files.deleteIfExists(file);
          }
        }
      });
    } catch (IOException e) {
      throw new DiskException("write a value file", e);
    }
  }

  /** A name that no file has or had, in a directory that is there. */
  private String newName(Key key) throws IOException {
    String writer = writerName();
    String hex = HexFormat.of().formatHex(key.toBytes(), 0, 2);
    String outer = hex.substring(0, 2);
    String folder = outer + "/" + hex.substring(2);
    if (!isOwnFolder(directory.resolve(folder))) {
      Platform.createDirectory(directory.resolve(outer)); // fails if there is a link
      Platform.createDirectory(directory.resolve(folder));
    }
    return folder + "/" + writer + "-" + number.incrementAndGet() + ".value";
  }

  /** Whether {@code values/ab/cd} is there without a link on its way, at whose end it would be foreign. */
  boolean isOwnFolder(@Nullable Path folder) {
    Path one = folder;
    while (one != null && !one.equals(directory.getParent())) {
      if (!Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      one = one.getParent();
    }
    return true;
  }

  /**
   * Gives a file that is somewhere else, and never changed, a name here as well.
   *
   * @return the name for the row
   */
  String adopt(Path file, Key key) throws IOException {
    String name = newName(key);
    Platform.linkOrCopy(file, directory.resolve(name));
    return name;
  }

  /**
   * Gives a file the same name in another place.
   *
   * @return false if it is gone
   */
  boolean isLinkedTo(ValueFiles other, String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return false;
    }
    Platform.createDirectory(other.directory);
    Platform.createDirectory(other.directory.resolve(name.substring(0, 2)));
    Platform.createDirectory(other.directory.resolve(name.substring(0, 5)));
    try {
      Platform.linkOrCopy(directory.resolve(name), other.directory.resolve(name));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a row that says so can mean a file of ours. */
  boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  ValueFileReader reader() {
    return reader;
  }

  Path directory() {
    return directory;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** The names of all value files, a directory at a time. */
  void forEach(Consumer<List<String>> use) throws IOException {
    for (Path top : contentOf(directory)) {
      for (Path parent : contentOf(top)) {
        use.accept(contentOf(parent).stream()
            .map(this::nameOf)
            .filter(name -> NAME.matcher(name).matches())
            .toList());
      }
    }
  }

  private synchronized String writerName() throws IOException {
    if (lock == null) {
      Platform.createDirectory(directory);
      lock = Platform.uninterrupted(() -> WriterLock.take(directory));
    }
    return lock.name();
  }

  /** The header comes last, because it holds the checksum of what follows it. */
  private static long write(Path file, NewEntry entry, long storedMillis) throws IOException {
    EntryChecksum checksum =
        new EntryChecksum(entry.key(), storedMillis, entry.expiresMillis(), entry.costNanos());
    int headerBytes = header(entry, storedMillis, 0).toBytes().length;
    if (headerBytes > ValueFile.MOST_BYTES) {
      throw DiskException.tooLarge(
          "write a value file", "the names of its tags are longer than a header may be");
    }
    long sum;
    try (FileChannel channel = Platform.createNew(file);
        InputStream value = entry.value().newInputStream()) {
      channel.position(headerBytes);
      byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, entry.value().sizeBytes() + 1)];
      long length = 0;
      for (int read = value.read(buffer); read >= 0; read = value.read(buffer)) {
        checksum.add(buffer, read);
        writeFully(channel, ByteBuffer.wrap(buffer, 0, read));
        length += read;
      }
      if (length != entry.value().sizeBytes()) {
        throw new IOException("the value has " + length + " bytes, and said that it has "
            + entry.value().sizeBytes());
      }
      channel.position(0);
      sum = checksum.value(entry.value().sealedAt().isPresent());
      byte[] header = header(entry, storedMillis, sum).toBytes();
      writeFully(channel, ByteBuffer.wrap(header));
      channel.force(true);
    }
    return sum;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ValueFile header(NewEntry entry, long storedMillis, long checksum) {
    return new ValueFile(
        entry.key(),
        storedMillis,
        entry.expiresMillis(),
        entry.costNanos(),
        checksum,
        entry.method(),
        entry.tags(),
        entry.value().sizeBytes());
  }

  /** Notes files that a committed transaction doomed. */
  void doom(List<String> names) {
    doomed.addAll(names);
  }

  /** Deletes the files that are noted; those that stay are swept later. */
  void deleteDoomed() {
    for (String name = doomed.poll(); name != null; name = doomed.poll()) {
      isDoomedDeleted(name);
    }
  }

  /** Deletes one that is doomed; if it stays, it is swept later. */
  boolean isDoomedDeleted(String name) {
    Deletion deletion = deleted(name);
    if (deletion != Deletion.FAILED) {
      deleted.add(name);
    }
    return deletion == Deletion.DONE;
  }

  /** Deletes a file whose transaction was not committed. */
  void discard(String name) {
    deleted(name);
  }

  private enum Deletion {
    DONE,
    WAS_GONE,
    FAILED
  }

  private Deletion deleted(String name) {
    if (!NAME.matcher(name).matches() || !isOwnFolder(directory.resolve(name).getParent())) {
      return Deletion.WAS_GONE; // no file of ours
    }
    try {
      return Files.deleteIfExists(directory.resolve(name)) ? Deletion.DONE : Deletion.WAS_GONE;
    } catch (IOException e) {
      LOG.debug("the value file {} stays until the next sweep", name, e);
      return Deletion.FAILED;
    }
  }

  boolean hasToForget() {
    return !deleted.isEmpty();
  }

  /** Takes the names of some files that are deleted from the table of those that are to be. */
  void forget(Transaction transaction) throws SQLException {
    String name = deleted.poll();
    for (int i = 1; name != null; i++) {
      transaction.statements.update("DELETE FROM doomed_file WHERE name = ?", name);
      name = i < MOST_FORGOTTEN ? deleted.poll() : null;
    }
  }

  /** What is in a directory; nothing if it is none, or is gone. */
  static List<Path> contentOf(Path parent) throws IOException {
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(parent)) {
      return content.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  String nameOf(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  /** How many files were deleted, and whether that is all that were to be. */
  record Deleted(long files, boolean all) {
    Deleted plus(Deleted more) {
      return new Deleted(files + more.files, all && more.all);
    }
  }

  /** Deletes the files among these that no row names. */
  Deleted deleteWithoutRow(List<String> names, Readers readers) {
    Deleted deleted = new Deleted(0, true);
    for (String name : names) {
      boolean hasRow = readers.read(
          "look for a value file",
          statements ->
              statements.number("SELECT 1 FROM entry WHERE file = ?", name).isPresent());
      Deletion deletion = hasRow ? Deletion.WAS_GONE : deleted(name);
      deleted =
          deleted.plus(new Deleted(deletion == Deletion.DONE ? 1 : 0, deletion != Deletion.FAILED));
    }
    return deleted;
  }

  /** What was not committed by now never is. */
  @Override
  public synchronized void close() {
    if (lock != null) {
      try (WriterLock held = lock) {
        held.delete();
      } catch (IOException e) {
        throw new DiskException("close the value files", e);
      }
    }
  }
}
