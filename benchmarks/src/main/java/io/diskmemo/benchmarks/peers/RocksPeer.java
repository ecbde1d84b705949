package io.diskmemo.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** RocksDB as it comes. */
final class RocksPeer extends BytesPeer {
  private final Options options;
  private final RocksDB database;

  RocksPeer(Path directory, int size) throws RocksDBException {
    super(size);
    RocksDB.loadLibrary();
    options = new Options().setCreateIfMissing(true);
    database = RocksDB.open(options, directory.resolve("rocks").toString());
  }

  @Override
  void putBytes(int id, byte[] bytes) throws RocksDBException {
    database.put(key(id), bytes);
  }

  @Override
  byte[] getBytes(int id) throws RocksDBException {
    return database.get(key(id));
  }

  /** From the buffer of writes, which is in memory, into a file. */
  @Override
  public void settle() throws RocksDBException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      database.flush(wait);
    }
  }

  private static byte[] key(int id) {
    return Document.key(id).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.close();
    options.close();
  }
}
