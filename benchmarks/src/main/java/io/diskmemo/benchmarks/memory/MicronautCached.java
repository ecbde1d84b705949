package io.diskmemo.benchmarks.memory;

import io.diskmemo.benchmarks.memory.Results.Name;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Singleton;
import java.util.Map;

/** Micronaut's way: {@code @Cacheable} over Caffeine, by a subclass made at compile time. */
@Singleton
public class MicronautCached {
  /** Nothing is wanted. */
  public MicronautCached() {}

  /** Bounded and with expiry, as the others. */
  static ApplicationContext context() {
    return ApplicationContext.run(Map.of(
        "micronaut.caches.names.maximum-size",
        100_000,
        "micronaut.caches.names.expire-after-write",
        "1d"));
  }

  /** Cached, by the key that Micronaut makes of both arguments. */
  @Cacheable("names")
  public Name name(String country, int id) {
    return new Results().ofStringAndInt(country, id);
  }
}
