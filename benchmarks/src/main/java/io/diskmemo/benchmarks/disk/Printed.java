package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import java.util.List;
import java.util.Map;

/** Samples that processes printed, each line what it is of and a number. */
final class Printed {
  private static final Map<String, String> UNITS = Map.of(
      "hit", "µs",
      "store", "µs",
      "size", "B",
      "heap", "KB",
      "descriptors", "descriptors",
      "rate", "/s");

  private final Samples samples = new Samples();

  /** Adds what a process printed, of which other lines are left out. */
  void add(String of, List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      String unit = UNITS.get(words[0]);
      if (words.length == 2 && unit != null) {
        samples.add(words[0] + ": " + of, unit, Double.parseDouble(words[1]));
      }
    }
  }

  List<Measurement> measurements() {
    return samples.measurements();
  }
}
