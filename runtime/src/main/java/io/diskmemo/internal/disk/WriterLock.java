package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, by which others see whether a writer lives: the system gives it back when the
 * process ends.
 *
 * <p>Such locks belong to the process, and closing any channel to the file gives them back. So a file
 * whose lock this process holds must not be opened here again, by whatever path; the names are kept
 * for that.
 */
final class WriterLock implements AutoCloseable {
  static final String SUFFIX = ".lock";

  private static final Set<String> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final String name;
  private final String identity;
  private final @Nullable FileChannel channel;

  private WriterLock(Path file, String name, String identity, @Nullable FileChannel channel) {
    this.file = file;
    this.name = name;
    this.identity = identity;
    this.channel = channel;
  }

  /** A lock under a new name. */
  static WriterLock take(Path directory) throws IOException {
    while (true) {
      String name = Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
      Path file = fileOf(directory, name);
      Platform.createFile(file);
      Optional<WriterLock> lock = lock(directory, name);
      if (lock.isPresent() && Files.exists(file)) {
        return lock.get();
      }
      if (lock.isPresent()) { // a sweep took it for a dead one's
        lock.get().close();
      }
    }
  }

  /**
   * The lock of a writer that is dead. A living one's file is there, and is locked.
   *
   * @return empty if it lives
   */
  static Optional<WriterLock> ofDead(Path directory, String name) throws IOException {
    return lock(directory, name);
  }

  /**
   * A lock that several processes want, one at a time. Its file stays.
   *
   * @return empty if another holds it
   */
  static Optional<WriterLock> named(Path directory, String name) throws IOException {
    Platform.createFile(fileOf(directory, name));
    return lock(directory, name);
  }

  private static Path fileOf(Path directory, String name) {
    return directory.resolve(name + SUFFIX);
  }

  private static Optional<WriterLock> lock(Path directory, String name) throws IOException {
    String identity = Platform.identityOf(directory) + "/" + name;
    if (!HELD_HERE.add(identity)) {
      return Optional.empty();
    }
    boolean held = false;
    try {
      Optional<WriterLock> lock = lockUnlessHeld(fileOf(directory, name), name, identity);
      held = lock.isPresent();
      return lock;
    } finally {
      if (!held) {
        HELD_HERE.remove(identity);
      }
    }
  }

  private static Optional<WriterLock> lockUnlessHeld(Path file, String name, String identity)
      throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.of(new WriterLock(file, name, identity, null));
    }
    boolean held = false;
    try {
      held = channel.tryLock() != null;
      return held ? Optional.of(new WriterLock(file, name, identity, channel)) : Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  String name() {
    return name;
  }

  /** Deletes the file; while the lock is held, so that nobody takes a living writer for a dead one. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD_HERE.remove(identity);
    }
  }
}
