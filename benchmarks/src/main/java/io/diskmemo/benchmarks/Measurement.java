package io.diskmemo.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of one subject.
 *
 * @param name of the subject, unique within its suite
 * @param unit of the samples
 * @param samples one for each iteration or round
 * @param allocatedBytes by each operation, if it was measured
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Measurement(
    String name, String unit, double[] samples, OptionalDouble allocatedBytes) {

  /**
   * The middle one of the samples, or the mean of the two in the middle.
   *
   * @return in the unit
   */
  public double median() {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static Optional<Measurement> named(String name, List<Measurement> measurements) {
    return measurements.stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst();
  }

  /**
   * A measurement in which nothing was allocated that is of interest.
   *
   * @param name of the subject
   * @param unit of the samples
   * @param samples one for each round
   * @return of these
   */
  public static Measurement of(String name, String unit, double... samples) {
    return new Measurement(name, unit, samples, OptionalDouble.empty());
  }

  /**
   * As {@link #of(String, String, double...)}.
   *
   * @param name of the subject
   * @param unit of the samples
   * @param samples one for each round
   * @return of these
   */
  public static Measurement of(String name, String unit, List<Double> samples) {
    return of(name, unit, samples.stream().mapToDouble(Double::doubleValue).toArray());
  }

  double least() {
    return Arrays.stream(samples).min().orElseThrow();
  }

  double most() {
    return Arrays.stream(samples).max().orElseThrow();
  }
}
