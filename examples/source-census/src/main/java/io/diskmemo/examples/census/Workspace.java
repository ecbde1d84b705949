package io.diskmemo.examples.census;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The directory of one demo, locked against other JVMs. The system lets go of the lock of a JVM that
 * is killed; one whose Maven was killed goes on, and the next demo waits for it.
 */
final class Workspace implements AutoCloseable {
  private final Path directory;
  private final FileChannel lock;

  private Workspace(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  static Workspace open(Path directory) throws IOException {
    FileChannel lock = FileChannel.open(
        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    return new Workspace(directory, lock);
  }

  Path sources() {
    return directory.resolve("sources");
  }

  Path store() {
    return directory.resolve("store");
  }

  Path runs() {
    return directory.resolve("runs");
  }

  /** Removes what earlier demos have left, ended or not. */
  void deleteStore() throws IOException {
    if (Files.exists(store())) {
      try (Stream<Path> paths = Files.walk(store())) {
        paths.sorted(Comparator.reverseOrder()).forEach(Workspace::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
