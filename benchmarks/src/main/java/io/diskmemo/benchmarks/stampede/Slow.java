package io.diskmemo.benchmarks.stampede;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.benchmarks.Pause;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.Cacheable;

/** A method that waits for somebody else, as a remote call does, and counts how often. */
public class Slow {
  /** How long it takes. */
  static final int MILLIS = 300;

  private static final AtomicInteger COMPUTED = new AtomicInteger();

  /** Nothing is wanted. */
  public Slow() {}

  /**
   * Waits, then answers.
   *
   * @param number asked for
   * @return the number
   */
  @DiskMemoize
  @Cacheable("slow")
  public int answer(int number) {
    COMPUTED.incrementAndGet();
    Pause.of(Duration.ofMillis(MILLIS));
    return number;
  }

  /** How often since this was asked last. */
  static int computed() {
    return COMPUTED.getAndSet(0);
  }
}
