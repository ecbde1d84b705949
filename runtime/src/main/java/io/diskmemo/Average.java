package io.diskmemo;

import io.diskmemo.internal.coordinate.Averaging;
import io.diskmemo.internal.coordinate.Mean;
import java.util.OptionalDouble;

/**
 * The mean of numbers that all processes add which have the directory open. It outlives them.
 * Thread-safe.
 *
 * <pre>{@code
 * Average latency = memo.average("latency");
 * latency.add(millis);
 * latency.mean().ifPresent(mean -> log.info("{} ms", mean));
 * }</pre>
 */
public final class Average {
  private final Averaging averaging;

  Average(Averaging averaging) {
    this.averaging = averaging;
  }

  /**
   * Adds a number. Once it returns, all processes see it.
   *
   * @param number finite
   * @throws DiskMemoException if it was not added
   * @throws IllegalArgumentException if it is infinite or not a number
   * @throws ArithmeticException if the sum of all is too large; it was not added
   */
  public void add(double number) {
    Coordinated.atOnce(() -> {
      averaging.add(number);
      return number;
    });
  }

  /**
   * The mean of all numbers so far.
   *
   * @return empty if there are none
   * @throws DiskMemoException if it cannot be read
   */
  public OptionalDouble mean() {
    Mean mean = Coordinated.atOnce(averaging::mean);
    return mean.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean.value());
  }

  /**
   * How many numbers there are so far.
   *
   * @return from 0
   * @throws DiskMemoException if it cannot be read
   */
  public long count() {
    return Coordinated.atOnce(averaging::mean).count();
  }

  /**
   * Forgets all numbers.
   *
   * @throws DiskMemoException if that could not be done
   */
  public void reset() {
    Coordinated.atOnce(() -> {
      averaging.reset();
      return true;
    });
  }
}
