package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB with transactions, so that a kill does not damage it. */
final class MapDbPeer extends BytesPeer {
  private final DB database;
  private final ConcurrentMap<String, byte[]> map;
  private final int size;

  MapDbPeer(Path directory, int size) {
    super(size);
    this.size = size;
    database = DBMaker.fileDB(directory.resolve("map.db").toFile())
        .fileMmapEnableIfSupported()
        .transactionEnable()
        .make();
    map =
        database.hashMap("documents", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen();
  }

  @Override
  void putBytes(int id, byte[] bytes) {
    map.put(Document.key(id), bytes);
    database.commit();
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
    database.commit();
  }

  @Override
  public void close() {
    database.close();
  }
}
