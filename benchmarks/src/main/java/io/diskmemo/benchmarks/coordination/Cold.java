package io.diskmemo.benchmarks.coordination;

import io.diskmemo.annotations.DiskMemoize;
import java.util.concurrent.locks.LockSupport;

/** Methods whose results are not there yet. */
public class Cold {
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
    long end = System.nanoTime() + millis * 1_000_000L;
    for (long rest = millis * 1_000_000L; rest > 0; rest = end - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
    return number;
  }
}
