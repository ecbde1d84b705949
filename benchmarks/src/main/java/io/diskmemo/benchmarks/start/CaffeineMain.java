package io.diskmemo.benchmarks.start;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** A cache in memory as ours is built, put and got. */
final class CaffeineMain {
  private CaffeineMain() {}

  /** No arguments are used. */
  public static void main(String[] arguments) {
    look();
    System.out.println("hit");
  }

  /** Fails if the value is not there. */
  static void look() {
    Cache<String, String> cache = Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight(100)
        .<String, String>weigher((key, value) -> 1)
        .build();
    cache.put("key", "value");
    if (cache.getIfPresent("key") == null) {
      throw new IllegalStateException("not there");
    }
  }
}
