package io.diskmemo.benchmarks.start;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** A cache in memory as ours is built, put and got. */
final class CaffeineMain {
  private CaffeineMain() {}

  /** No arguments are used. */
  public static void main(String[] arguments) {
    look("key", "key");
    System.out.println("hit");
  }

  /** Fails if what is put by a key is not found by one that equals it. */
  static void look(Object key, Object same) {
    Cache<Object, String> cache = Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight(100)
        .<Object, String>weigher((of, value) -> 1)
        .build();
    cache.put(key, "value");
    if (cache.getIfPresent(same) == null) {
      throw new IllegalStateException("not there");
    }
  }
}
