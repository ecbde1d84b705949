package io.diskmemo.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for each document, in 256 directories; replaced by renaming. */
final class FilesPeer extends BytesPeer {
  private static final int DIRECTORIES = 256;

  private final Path directory;

  FilesPeer(Path directory, int size) throws IOException {
    super(size);
    this.directory = directory;
    for (int i = 0; i < DIRECTORIES; i++) {
      Files.createDirectories(directory.resolve(String.valueOf(i)));
    }
  }

  private Path file(int id) {
    return directory.resolve(String.valueOf(id % DIRECTORIES)).resolve("NZ-" + id);
  }

  @Override
  void putBytes(int id, byte[] bytes) throws IOException {
    Path file = file(id);
    Path temporary = file.resolveSibling("NZ-" + id + ".tmp");
    Files.write(temporary, bytes);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  byte[] getBytes(int id) throws IOException {
    return Files.readAllBytes(file(id));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
