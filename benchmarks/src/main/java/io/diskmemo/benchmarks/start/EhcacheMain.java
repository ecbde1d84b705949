package io.diskmemo.benchmarks.start;

import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;

/** Ehcache's disk tier with one value. */
final class EhcacheMain {
  private EhcacheMain() {}

  /** Directory. */
  public static void main(String[] arguments) {
    try (PersistentCacheManager manager = CacheManagerBuilder.newCacheManagerBuilder()
        .with(CacheManagerBuilder.persistence(
            Path.of(arguments[0]).resolve("ehcache").toFile()))
        .withCache(
            "greetings",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class,
                String.class,
                ResourcePoolsBuilder.newResourcePoolsBuilder().disk(64, MemoryUnit.MB, true)))
        .build(true)) {
      Cache<String, String> cache = manager.getCache("greetings", String.class, String.class);
      if (cache.get("key") == null) {
        cache.put("key", "value");
      }
      System.out.println("hit");
    }
  }
}
