package io.diskmemo.benchmarks.peers;

import io.diskmemo.benchmarks.store.BareSqlite;
import java.nio.file.Path;
import java.sql.SQLException;

/** One connection with prepared statements. */
final class SqlitePeer extends BytesPeer {
  private final BareSqlite sqlite;
  private final int size;

  SqlitePeer(Path directory, int size) throws SQLException {
    super(size);
    this.size = size;
    sqlite = new BareSqlite(directory.resolve("bare.db"));
  }

  @Override
  void putBytes(int id, byte[] bytes) throws SQLException {
    sqlite.begin();
    sqlite.put(BareSqlite.key("NZ", id), "country:NZ", bytes);
    sqlite.commit();
  }

  @Override
  byte[] getBytes(int id) throws SQLException {
    return sqlite.get(BareSqlite.key("NZ", id));
  }

  @Override
  public void fill(int from, int to) throws SQLException {
    sqlite.begin();
    for (int id = from; id < to; id++) {
      byte[] bytes = DocumentCodec.bytes(Document.of(id, size));
      sqlite.put(BareSqlite.key("NZ", id), "country:NZ", bytes);
    }
    sqlite.commit();
  }

  @Override
  public boolean maintain() throws SQLException {
    sqlite.maintain();
    return true;
  }

  @Override
  public void close() throws SQLException {
    sqlite.close();
  }
}
