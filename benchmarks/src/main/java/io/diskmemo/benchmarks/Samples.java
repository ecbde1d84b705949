package io.diskmemo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples of several rounds by the name of what they are of, such as {@code hit: bare SQLite}. For one
 * thread.
 */
public final class Samples {
  private final Map<String, Map<String, Subject>> byWhat = new LinkedHashMap<>();

  /** None yet. */
  public Samples() {}

  private record Subject(String unit, List<Double> values) {}

  /**
   * Adds a sample.
   *
   * @param name of what it is of
   * @param unit the same for all of that name
   * @param value in the unit
   */
  public void add(String name, String unit, double value) {
    byWhat
        .computeIfAbsent(name.split(":", 2)[0], what -> new LinkedHashMap<>())
        .computeIfAbsent(name, key -> new Subject(unit, new ArrayList<>()))
        .values
        .add(value);
  }

  /**
   * What was measured.
   *
   * @return one for each name, in the order in which they came first, but those together that are alike up
   *     to a colon
   */
  public List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    byWhat
        .values()
        .forEach(subjects -> subjects.forEach(
            (name, subject) -> all.add(Measurement.of(name, subject.unit, subject.values))));
    return all;
  }
}
