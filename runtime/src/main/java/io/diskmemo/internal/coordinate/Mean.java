package io.diskmemo.internal.coordinate;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A sum and how many numbers it is of. Immutable. What additions lose to rounding is kept beside the sum
 * (Neumaier, 1974), so that the mean does not depend on who adds first by more than its last digits.
 *
 * @param count from 0
 * @param sum rounded
 * @param lost what is missing in the sum
 */
public record Mean(long count, double sum, double lost) {
  static final Mean NONE = new Mean(0, 0, 0);

  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + 3 * Long.BYTES;

  /** With one number more. */
  Mean with(double number) {
    double next = sum + number;
    double rest = Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    if (!Double.isFinite(next)) {
      throw new ArithmeticException("the sum of the numbers is too large; reset the average");
    }
    return new Mean(Math.addExact(count, 1), next, lost + rest);
  }

  /**
   * The mean itself.
   *
   * @return not a number if there are none
   */
  public double value() {
    return (sum + lost) / (double) count;
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(FORMAT)
        .putLong(count)
        .putDouble(sum)
        .putDouble(lost)
        .array();
  }

  /** Empty if a newer release wrote it. */
  static Optional<Mean> read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != BYTES || in.get() != FORMAT) {
      return Optional.empty();
    }
    return Optional.of(new Mean(in.getLong(), in.getDouble(), in.getDouble()));
  }
}
