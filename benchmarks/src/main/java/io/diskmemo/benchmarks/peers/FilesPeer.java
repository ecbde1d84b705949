package io.diskmemo.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.json.JsonMapper;

/** A file for each document, in 256 directories, as JSON; replaced by renaming. */
final class FilesPeer implements Peer {
  private static final int DIRECTORIES = 256;

  private final JsonMapper json = JsonMapper.builder().build();
  private final Path directory;
  private final int size;

  FilesPeer(Path directory, int size) throws IOException {
    this.directory = directory;
    this.size = size;
    for (int i = 0; i < DIRECTORIES; i++) {
      Files.createDirectories(directory.resolve(String.valueOf(i)));
    }
  }

  private Path file(int id) {
    return directory.resolve(String.valueOf(id % DIRECTORIES)).resolve("NZ-" + id + ".json");
  }

  @Override
  public void put(int id) throws IOException {
    Path file = file(id);
    Path temporary = file.resolveSibling("NZ-" + id + ".tmp");
    Files.write(temporary, json.writeValueAsBytes(Document.of(id, size)));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Document get(int id) throws IOException {
    return json.readValue(Files.readAllBytes(file(id)), Document.class);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
