package io.diskmemo.benchmarks.peers;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.benchmarks.Done;
import java.nio.file.Path;
import java.time.Duration;

/** Calls of a wrapper, without the memory tier. Thread-safe. */
final class DiskMemoPeer implements Peer {
  private static final long ROOM = 64L << 30;

  /** As long as bare SQLite waits for others. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int PER_BATCH = 1000;

  private final int size;
  private final DiskMemo memo;
  private final MemoizedDocuments documents;
  private final Done done;

  DiskMemoPeer(Path directory, int size) {
    this.size = size;
    this.memo = DiskMemo.open(Settings.builder()
        .directory(directory.resolve("store"))
        .kind(
            "disk",
            Profile.builder().memoryLimit(0).sizeLimit(ROOM).timeout(TIMEOUT).build())
        .build());
    this.documents = new MemoizedDocuments(memo);
    this.done = new Done(memo.kind("disk"));
  }

  @Override
  public void put(int id) {
    documents.document("NZ", id, size);
  }

  @Override
  public Document get(int id) {
    return documents.document("NZ", id, size);
  }

  @Override
  public void fill(int from, int to) {
    for (int begin = from; begin < to; begin += PER_BATCH) {
      try (Batch batch = memo.batch()) {
        for (int id = begin; id < Math.min(to, begin + PER_BATCH); id++) {
          put(id);
        }
        batch.commit();
      }
    }
  }

  @Override
  public boolean maintain() {
    memo.maintenance().run();
    return true;
  }

  /** A call of a wrapper computes when the disk does not serve, which looks the same. */
  @Override
  public void require(long hits, long stores) {
    done.require(hits, stores);
  }

  @Override
  public void close() {
    memo.close();
  }
}
