package io.diskmemo.benchmarks.start;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** A cache in memory, put and got. */
final class CaffeineMain {
  private CaffeineMain() {}

  /** No arguments are used. */
  public static void main(String[] arguments) {
    Cache<String, String> cache = Caffeine.newBuilder().maximumSize(100).build();
    cache.put("key", "value");
    if (cache.getIfPresent("key") == null) {
      throw new IllegalStateException("not there");
    }
    System.out.println("hit");
  }
}
