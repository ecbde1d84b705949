package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB with transactions, so that a kill does not damage it. */
final class MapDbPeer extends MapPeer {
  MapDbPeer(Path directory, int size) {
    this(
        size,
        DBMaker.fileDB(directory.resolve("map.db").toFile())
            .fileMmapEnableIfSupported()
            .transactionEnable()
            .make());
  }

  private MapDbPeer(int size, DB database) {
    super(
        size,
        database.hashMap("documents", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen(),
        database::commit,
        database::close);
  }
}
