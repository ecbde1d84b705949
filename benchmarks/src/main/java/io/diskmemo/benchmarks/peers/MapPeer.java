package io.diskmemo.benchmarks.peers;

import java.util.Map;

/** A store that is used as a map. */
abstract class MapPeer extends BytesPeer {
  private final Map<String, byte[]> map;
  private final Runnable commit;
  private final Runnable close;

  /**
   * Of an open one.
   *
   * @param commit makes what was put last
   */
  MapPeer(int size, Map<String, byte[]> map, Runnable commit, Runnable close) {
    super(size);
    this.map = map;
    this.commit = commit;
    this.close = close;
  }

  @Override
  final void putBytes(int id, byte[] bytes) {
    map.put(Document.key(id), bytes);
    commit.run();
  }

  @Override
  final byte[] getBytes(int id) {
    byte[] bytes = map.get(Document.key(id));
    if (bytes == null) {
      throw new IllegalStateException("lost " + id);
    }
    return bytes;
  }

  @Override
  public final void fill(int from, int to) {
    for (int id = from; id < to; id++) {
      map.put(Document.key(id), bytes(id));
    }
    commit.run();
  }

  @Override
  public final void close() {
    close.run();
  }
}
