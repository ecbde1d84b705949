package io.diskmemo.testkit;

import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Stores below the public API. Background work is done at once, by the thread that asks for it. */
public final class KindStores {
  private KindStores() {}

  /** A store of one database with a size limit, and the defaults for all else. */
  public static KindStore open(Path directory, String kind, long sizeBytes, InstantSource clock) {
    return open(directory, kind, limits(sizeBytes), clock);
  }

  /** A store of one database. */
  public static KindStore open(
      Path directory, String kind, StoreLimits limits, InstantSource clock) {
    return KindStore.open(
        StoreDirectory.openOrCreate(directory), kind, limits, 1, clock, Runnable::run);
  }

  /** The defaults, with a size limit. */
  public static StoreLimits limits(long sizeBytes) {
    return new StoreLimits(
        sizeBytes,
        10,
        CullOrder.STORED,
        64 * 1024,
        true,
        Duration.ofSeconds(10),
        false,
        "WAL",
        0,
        0);
  }
}
