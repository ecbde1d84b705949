package io.diskmemo.benchmarks.price;

import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;

/** From a bare commit to a store of ours, each with all that those before it have. */
enum Step {
  /** What a programmer would write who wants no more than entries and tags. */
  BARE("bare SQLite, an entry and a tag") {
    @Override
    Storing open(Path directory, int size, int entries) throws Exception {
      Peer peer = peer(Engine.SQLITE, directory, size, entries);
      peer.fill(0, entries);
      return Storing.of(peer);
    }
  },
  /** A size limit, and evictions by method and tag, have to find what they are about. */
  ROWS("with the rows and indexes of DiskMemo") {
    @Override
    Storing open(Path directory, int size, int entries) throws Exception {
      return new SameRows(made(directory, size, entries), size, false);
    }
  },
  /** A store asks whether the key is there, and whether what it computed was evicted. */
  QUERIES("and what it asks") {
    @Override
    Storing open(Path directory, int size, int entries) throws Exception {
      return new SameRows(made(directory, size, entries), size, true);
    }
  },
  /** So that a disk that does not answer holds no caller. */
  THREAD("and by another thread") {
    @Override
    Storing open(Path directory, int size, int entries) throws Exception {
      return new HandedOver(QUERIES.open(directory, size, entries));
    }
  },
  /** Ours. */
  DISKMEMO("DiskMemo") {
    @Override
    Storing open(Path directory, int size, int entries) throws Exception {
      Peer peer = peer(Engine.DISKMEMO, directory, size, entries);
      peer.fill(0, entries);
      peer.require(0, entries);
      return Storing.of(peer);
    }
  };

  private final String title;

  Step(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * Opens a store in a directory of its own.
   *
   * @param size of each value in bytes
   * @param entries that are there before
   */
  abstract Storing open(Path directory, int size, int entries) throws Exception;

  /** The database of a store of ours, which is closed. */
  private static Path made(Path directory, int size, int entries) throws Exception {
    DISKMEMO.open(directory, size, entries).close();
    return directory.resolve("store").resolve("kinds").resolve("disk").resolve("cache-2-1.db");
  }

  private static Peer peer(Engine engine, Path directory, int size, int entries) throws Exception {
    return engine.open(directory, size, 2 * entries);
  }
}
