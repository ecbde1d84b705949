package io.diskmemo.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The same files, each with JSON, as people do it. */
final class JsonFilesPeer implements Peer {
  private final JsonMapper json = JsonMapper.builder().build();
  private final FilesPeer files;
  private final int size;

  JsonFilesPeer(Path directory, int size) throws IOException {
    this.files = new FilesPeer(directory, size);
    this.size = size;
  }

  @Override
  public void put(int id) throws IOException {
    files.putBytes(id, json.writeValueAsBytes(Document.of(id, size)));
  }

  @Override
  public Document get(int id) throws IOException {
    return json.readValue(files.getBytes(id), Document.class);
  }

  @Override
  public void close() {
    files.close();
  }
}
