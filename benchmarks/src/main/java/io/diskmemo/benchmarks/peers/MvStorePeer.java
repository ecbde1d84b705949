package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/** The store below H2. */
final class MvStorePeer extends MapPeer {
  MvStorePeer(Path directory, int size) {
    this(
        size,
        new MVStore.Builder().fileName(directory.resolve("mv.db").toString()).open());
  }

  private MvStorePeer(int size, MVStore store) {
    super(size, store.openMap("documents"), store::commit, store::close);
  }
}
