package io.diskmemo.benchmarks.price;

import io.diskmemo.benchmarks.peers.Peer;
import java.io.IOException;
import java.sql.SQLException;

/** An open store of small values. For one thread. */
interface Storing extends AutoCloseable {

  /** Keeps one, in a commit of its own. */
  void put(int id) throws Exception;

  /** Fails unless so many were kept since it was opened, if that cannot be seen otherwise. */
  void require(int stored) throws Exception;

  static Storing of(Peer peer) {
    return new Storing() {
      @Override
      public void put(int id) throws Exception {
        peer.put(id);
      }

      @Override
      public void require(int stored) {
        peer.require(0, stored);
      }

      @Override
      public void close() throws IOException, SQLException {
        peer.close();
      }
    };
  }

  @Override
  void close() throws IOException, SQLException;
}
