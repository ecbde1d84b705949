package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The store below H2. */
final class MvStorePeer extends BytesPeer {
  private final MVStore store;
  private final MVMap<String, byte[]> map;
  private final int size;

  MvStorePeer(Path directory, int size) {
    super(size);
    this.size = size;
    store =
        new MVStore.Builder().fileName(directory.resolve("mv.db").toString()).open();
    map = store.openMap("documents");
  }

  @Override
  void putBytes(int id, byte[] bytes) {
    map.put(Document.key(id), bytes);
    store.commit();
  }

  @Override
  byte[] getBytes(int id) {
    byte[] bytes = map.get(Document.key(id));
    if (bytes == null) {
      throw new IllegalStateException("lost " + id);
    }
    return bytes;
  }

  @Override
  public void fill(int from, int to) {
    for (int id = from; id < to; id++) {
      map.put(Document.key(id), DocumentCodec.bytes(Document.of(id, size)));
    }
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
