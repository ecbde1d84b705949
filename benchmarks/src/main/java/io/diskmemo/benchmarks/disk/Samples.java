package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples that processes printed, by what they are of. */
final class Samples {
  private static final Map<String, String> UNITS = Map.ofEntries(
      Map.entry("hit", "µs"),
      Map.entry("store", "µs"),
      Map.entry("size", "B"),
      Map.entry("heap", "KB"),
      Map.entry("descriptors", "descriptors"),
      Map.entry("rate", "/s"));

  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  /** Adds what a process printed, each line a word and a number. */
  void add(String of, List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words.length == 2 && UNITS.containsKey(words[0])) {
        samples
            .computeIfAbsent(words[0] + ": " + of, key -> new ArrayList<>())
            .add(Double.valueOf(words[1]));
      }
    }
  }

  /** One for each subject, hits first. */
  List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    for (String what : List.of("hit", "store", "size", "heap", "descriptors", "rate")) {
      samples.forEach((name, values) -> {
        if (name.startsWith(what + ": ")) {
          all.add(Measurement.of(name, UNITS.getOrDefault(what, ""), values));
        }
      });
    }
    return all;
  }
}
