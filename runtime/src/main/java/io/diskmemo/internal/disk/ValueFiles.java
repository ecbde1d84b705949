package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
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

  private static final Pattern NAME =
      Pattern.compile("[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-z]{1,20})-[0-9]{1,19}\\.value");

  private final Path directory;
  private final AtomicLong number = new AtomicLong();
  private final Queue<String> deleted = new ConcurrentLinkedQueue<>();
  private @Nullable WriterLock lock; // guarded by this

  ValueFiles(Path kindDirectory) {
    this.directory = kindDirectory.resolve("values");
  }

  /**
   * Writes a value, and forces it.
   *
   * @return the name for the row
   */
  String write(ValueFile header, byte[] value) {
    try {
      String name = newName(header.key());
      Path file = directory.resolve(name);
      createDirectories(file);
      return uninterrupted(() -> {
        try {
          write(file, header.toBytes(), value);
          return name;
        } catch (IOException | RuntimeException | Error e) {
          Files.deleteIfExists(file);
          throw e;
        }
      });
    } catch (IOException e) {
      throw new DiskException("write a value file", e);
    }
  }

  /** Work with files that can be done again. */
  private interface FileWork<T> {
    T run() throws IOException;
  }

  /** Java's channels close under a thread that is interrupted, which is no trouble of the disk. */
  private static <T extends @Nullable Object> T uninterrupted(FileWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String newName(Key key) throws IOException {
    String hex = HexFormat.of().formatHex(key.toBytes(), 0, 2);
    return hex.substring(0, 2)
        + "/"
        + hex.substring(2)
        + "/"
        + writerName()
        + "-"
        + number.incrementAndGet()
        + ".value";
  }

  private synchronized String writerName() throws IOException {
    if (lock == null) {
      Platform.createDirectory(directory);
      lock = uninterrupted(() -> WriterLock.take(directory));
    }
    return lock.name();
  }

  private void createDirectories(Path file) throws IOException {
    Path parent = file.getParent();
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      Platform.createDirectory(parent.getParent());
      Platform.createDirectory(parent);
    }
  }

  private static void write(Path file, byte[] header, byte[] value) throws IOException {
    try (FileChannel channel = Platform.createNew(file)) {
      ByteBuffer[] parts = {ByteBuffer.wrap(header), ByteBuffer.wrap(value)};
      while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
        channel.write(parts);
      }
      channel.force(true);
    }
  }

  /**
   * Reads a value.
   *
   * @param name from the row
   * @param mostBytes that the row says it has
   * @return null if the file is missing or is not what it should be
   */
  byte @Nullable [] read(String name, long mostBytes) {
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null; // a directory would fail in a way of its own, and a pipe never end
    }
    try {
      return uninterrupted(() -> contentOf(file, mostBytes));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new DiskException("read a value file", e);
    }
  }

  private static byte @Nullable [] contentOf(Path file, long mostBytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      Optional<ValueFile> header = header(channel);
      long length = header.map(ValueFile::valueBytes).orElse(-1L);
      return length < 0
              || length > Math.min(mostBytes, Integer.MAX_VALUE)
              || channel.size() - channel.position() != length
          ? null
          : bytes(channel, (int) length);
    }
  }

  private static Optional<ValueFile> header(FileChannel channel) throws IOException {
    byte[] prefix = bytes(channel, ValueFile.PREFIX_BYTES);
    Optional<Integer> length = ValueFile.lengthIn(ByteBuffer.wrap(prefix));
    if (length.isEmpty() || length.get() > channel.size()) {
      return Optional.empty();
    }
    channel.position(0);
    return ValueFile.of(bytes(channel, length.get()));
  }

  /** So many bytes, or as many as there are. */
  private static byte[] bytes(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // until it is full
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Deletes files that a committed transaction doomed; those that stay are swept later. */
  void delete(List<String> names) {
    for (String name : names) {
      if (deleted(name) != Deletion.FAILED) {
        deleted.add(name);
      }
    }
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
    if (!NAME.matcher(name).matches()) {
      return Deletion.WAS_GONE; // no file of ours
    }
    try {
      return Files.deleteIfExists(directory.resolve(name)) ? Deletion.DONE : Deletion.WAS_GONE;
    } catch (IOException e) {
      LOG.debug("the value file {} stays until the next sweep", name, e);
      return Deletion.FAILED;
    }
  }

  /** Takes the names of files that are deleted from the table of those that are to be. */
  void forget(Transaction transaction) throws SQLException {
    for (String name = deleted.poll(); name != null; name = deleted.poll()) {
      transaction.statements.update("DELETE FROM doomed_file WHERE name = ?", name);
    }
  }

  /**
   * Deletes the doomed, and what dead writers left.
   *
   * @return how many files
   */
  long sweep(Readers readers) {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try {
      return sweepDoomed(readers) + sweepOrphans(readers);
    } catch (IOException e) {
      throw new DiskException("sweep value files", e);
    }
  }

  private long sweepDoomed(Readers readers) {
    List<String> doomed = readers.read(
        "list doomed files",
        statements -> statements.list("SELECT name FROM doomed_file", row -> row.getString(1)));
    long swept = 0;
    for (String name : doomed) {
      Deletion deletion = deleted(name);
      swept += deletion == Deletion.DONE ? 1 : 0;
      if (deletion != Deletion.FAILED) {
        deleted.add(name);
      }
    }
    return swept;
  }

  private long sweepOrphans(Readers readers) throws IOException {
    Map<String, Optional<WriterLock>> writers = new HashMap<>();
    long swept = 0;
    try {
      for (Path top : contentOf(directory)) {
        String name = nameOf(top);
        if (name.endsWith(WriterLock.SUFFIX)) {
          lockOfDead(name.substring(0, name.length() - WriterLock.SUFFIX.length()), writers);
        } else {
          for (Path parent : contentOf(top)) {
            swept += sweepOrphans(contentOf(parent), writers, readers);
          }
        }
      }
      for (Optional<WriterLock> writer : writers.values()) {
        if (writer.isPresent()) {
          writer.get().delete();
        }
      }
    } finally {
      for (Optional<WriterLock> writer : writers.values()) {
        if (writer.isPresent()) {
          writer.get().close();
        }
      }
    }
    return swept;
  }

  private long sweepOrphans(
      List<Path> files, Map<String, Optional<WriterLock>> writers, Readers readers)
      throws IOException {
    List<String> orphans = new ArrayList<>();
    for (Path file : files) {
      if (isOfDeadWriter(nameOf(file), writers)) {
        orphans.add(nameOf(file));
      }
    }
    return deleteWithoutRow(orphans, readers);
  }

  /** What is in a directory; nothing if it is none, or is gone. */
  private static List<Path> contentOf(Path parent) throws IOException {
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

  private String nameOf(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  /** While its lock is held here, a writer is dead, and none of its files is about to be committed. */
  private boolean isOfDeadWriter(String name, Map<String, Optional<WriterLock>> writers)
      throws IOException {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    return lockOfDead(parts.group(1), writers).isPresent();
  }

  private Optional<WriterLock> lockOfDead(String writer, Map<String, Optional<WriterLock>> writers)
      throws IOException {
    Optional<WriterLock> known = writers.get(writer);
    if (known == null) {
      known = WriterLock.ofDead(directory, writer);
      writers.put(writer, known);
    }
    return known;
  }

  /**
   * Deletes the files among these that no row names.
   *
   * @return how many
   */
  long deleteWithoutRow(List<String> names, Readers readers) {
    return names.stream()
        .filter(name -> readers.read(
            "look for a value file",
            statements ->
                statements.number("SELECT 1 FROM entry WHERE file = ?", name).isEmpty()))
        .filter(name -> deleted(name) == Deletion.DONE)
        .count();
  }

  /** What was not committed by now never is. */
  @Override
  public synchronized void close() {
    if (lock != null) {
      try {
        lock.delete();
        lock.close();
      } catch (IOException e) {
        throw new DiskException("close the value files", e);
      }
    }
  }
}
