package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;

/** Ehcache's disk tier. */
final class EhcachePeer extends BytesPeer {
  private static final long LEAST_MEGABYTES = 2048;

  /** More than a key and what Ehcache keeps of an entry take. */
  private static final long OVERHEAD_BYTES = 300;

  private final PersistentCacheManager manager;
  private final Cache<String, byte[]> cache;

  EhcachePeer(Path directory, int size, int entries) {
    super(size);
    manager = CacheManagerBuilder.newCacheManagerBuilder()
        .with(CacheManagerBuilder.persistence(directory.resolve("ehcache").toFile()))
        .withCache(
            "documents",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class,
                byte[].class,
                ResourcePoolsBuilder.newResourcePoolsBuilder()
                    .disk(megabytes(size, entries), MemoryUnit.MB, true)))
        .build(true);
    cache = manager.getCache("documents", String.class, byte[].class);
  }

  private static long megabytes(int size, int entries) {
    return Math.max(LEAST_MEGABYTES, (entries * (size + OVERHEAD_BYTES)) >> 20);
  }

  @Override
  void putBytes(int id, byte[] bytes) {
    cache.put(Document.key(id), bytes);
  }

  @Override
  byte[] getBytes(int id) {
    return cache.get(Document.key(id));
  }

  @Override
  public void close() {
    manager.close();
  }
}
