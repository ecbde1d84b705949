package io.diskmemo.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.diskmemo.benchmarks.memory.Results.Name;
import java.time.Duration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's way: {@code @Cacheable} over Caffeine. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
public class SpringCached {
  /** Nothing is wanted. */
  public SpringCached() {}

  /** What is called through Spring's proxy. */
  public static class Service {
    /** Nothing is wanted. */
    public Service() {}

    /** Cached, by the key that Spring makes of both arguments. */
    @Cacheable("names")
    public Name name(String country, int id) {
      return new Results().ofStringAndInt(country, id);
    }
  }

  /** The proxied bean. */
  @Bean
  public Service service() {
    return new Service();
  }

  /** Bounded and with expiry, as the others. */
  @Bean
  public CacheManager cacheManager() {
    CaffeineCacheManager manager = new CaffeineCacheManager("names");
    manager.setCaffeine(
        Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofDays(1)));
    return manager;
  }
}
