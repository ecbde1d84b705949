package io.diskmemo.benchmarks.stampede;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same method behind Spring's proxy. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
public class SpringSlow {
  /** Nothing is wanted. */
  public SpringSlow() {}

  /** The proxied bean. */
  @Bean
  public Slow slow() {
    return new Slow();
  }

  /** In memory. */
  @Bean
  public CacheManager cacheManager() {
    CaffeineCacheManager manager = new CaffeineCacheManager("slow");
    manager.setCaffeine(Caffeine.newBuilder().maximumSize(1000));
    return manager;
  }
}
