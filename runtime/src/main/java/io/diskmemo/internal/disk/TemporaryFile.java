package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written under a name of its own before it gets the name that others look for.
 *
 * <p>Whoever writes it holds a lock on it until it has that name. The system gives the lock back when
 * a process ends, so that what is not locked was left by the dead, and can be swept. Such locks belong
 * to the process, and closing any channel to the file gives them back; so what this process holds is
 * never opened here again.
 */
final class TemporaryFile implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile(".+\\.[0-9a-f-]{36}\\.tmp");
  private static final Set<String> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** An empty file beside the one that it is to become. */
  static TemporaryFile beside(Path target) throws IOException {
    while (true) {
      TemporaryFile file =
          create(target.resolveSibling(target.getFileName() + "." + someName() + ".tmp"));
      if (file != null) {
        return file;
      }
    }
  }

  /** It need not be secret, being in a directory of our own; loading a secure source takes long. */
  private static UUID someName() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Null if another has the name, or a sweep came between its making and its lock. */
  private static @Nullable TemporaryFile create(Path path) throws IOException {
    if (!HELD_HERE.add(nameOf(path))) {
      return null;
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel = Platform.createNew(path);
      // behind all that is written: on Windows nobody else could write there, not even this process
      held = channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null && Files.exists(path);
      return held ? new TemporaryFile(path, channel) : null;
    } catch (FileAlreadyExistsException e) {
      return null;
    } finally {
      if (!held) {
        release(channel, path);
      }
    }
  }

  private static String nameOf(Path path) {
    return path.getFileName().toString();
  }

  private static void release(@Nullable FileChannel channel, Path path) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD_HERE.remove(nameOf(path));
    }
  }

  Path path() {
    return path;
  }

  /** Writes all of its content, and forces it. */
  void write(byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  /** Deletes it, unless it has another name by now. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(path);
    } finally {
      release(channel, path);
    }
  }

  /**
   * Deletes what the dead left in a directory.
   *
   * @return how many files
   */
  static int sweep(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    List<Path> found;
    try (Stream<Path> content = Files.list(directory)) {
      found = content.filter(file -> NAME.matcher(nameOf(file)).matches()).toList();
    }
    int swept = 0;
    for (Path file : found) {
      swept += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isSwept(file) ? 1 : 0;
    }
    return swept;
  }

  private static boolean isSwept(Path file) throws IOException {
    if (!HELD_HERE.add(nameOf(file))) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock != null && Files.deleteIfExists(file);
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      return false; // it has its name now, or another class loader's copy of this class holds it
    } finally {
      HELD_HERE.remove(nameOf(file));
    }
  }
}
