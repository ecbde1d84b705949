package io.diskmemo.benchmarks.coordination;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.benchmarks.Pause;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Methods whose results are not there yet. */
public class Cold {
  private static final AtomicInteger COMPUTED = new AtomicInteger();

  /** Nothing is wanted. */
  public Cold() {}

  /**
   * Takes no time.
   *
   * @param number asked for
   * @return 200 characters
   */
  @DiskMemoize
  public String atOnce(int number) {
    return Integer.toString(number).repeat(200).substring(0, 200);
  }

  /**
   * Waits, as for a remote answer, which takes no processor time.
   *
   * @param number asked for
   * @param millis to wait
   * @return the number
   */
  @DiskMemoize
  public int slowly(int number, int millis) {
    COMPUTED.incrementAndGet();
    Pause.of(Duration.ofMillis(millis));
    return number;
  }

  /** How often this process waited since this was asked last. */
  static int computed() {
    return COMPUTED.getAndSet(0);
  }
}
