package io.diskmemo.benchmarks;

import java.util.List;

/**
 * A ratio of two measurements of a suite that is to stay below a limit.
 *
 * @param subject name of the measurement that is judged
 * @param peer name of the one it is judged by
 * @param most the greatest ratio that meets the aim
 */
public record Aim(String subject, String peer, double most) {

  double ratio(List<Measurement> measurements) {
    return named(subject, measurements).median() / named(peer, measurements).median();
  }

  private static Measurement named(String name, List<Measurement> measurements) {
    return measurements.stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no measurement is called " + name));
  }
}
