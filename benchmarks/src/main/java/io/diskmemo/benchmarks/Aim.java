package io.diskmemo.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A ratio of two measurements of a suite that is to stay below a limit, or that is only shown.
 *
 * @param subject name of the measurement that is judged
 * @param peer name of the one it is judged by
 * @param most the greatest ratio that meets the aim; infinite if there is none
 */
public record Aim(String subject, String peer, double most) {

  /**
   * A ratio that a reader wants to know.
   *
   * @param subject name of the measurement above the line
   * @param peer name of the one below it
   * @return without a limit
   */
  public static Aim none(String subject, String peer) {
    return new Aim(subject, peer, Double.POSITIVE_INFINITY);
  }

  boolean isOne() {
    return Double.isFinite(most);
  }

  /** Empty if one of them was not measured. */
  OptionalDouble ratio(List<Measurement> measurements) {
    Optional<Measurement> above = Measurement.named(subject, measurements);
    Optional<Measurement> below = Measurement.named(peer, measurements);
    return above.isEmpty() || below.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(above.get().median() / below.get().median());
  }
}
