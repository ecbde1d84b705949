package io.diskmemo.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/** Everything that was measured, as a page to read and as data. Not thread-safe. */
final class Report {
  private final Map<Suite, List<Measurement>> results = new LinkedHashMap<>();
  private final Map<Suite, Double> loads = new LinkedHashMap<>();
  private final Map<Suite, String> failures = new LinkedHashMap<>();
  private final LocalDate date;
  private final Suite.Effort effort;
  private final List<String> titles;

  /**
   * Nothing was measured yet.
   *
   * @param titles of all suites that there are
   */
  Report(LocalDate date, Suite.Effort effort, List<String> titles) {
    this.date = date;
    this.effort = effort;
    this.titles = List.copyOf(titles);
  }

  /** Adds what was just measured, with the load of the machine at its end. */
  void add(Suite suite, List<Measurement> measurements) {
    results.put(suite, measurements);
    loads.put(suite, Environment.load());
  }

  /** Notes that a suite came to nothing. */
  void addFailure(Suite suite, Exception reason) {
    failures.put(suite, String.valueOf(reason));
    add(suite, List.of());
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# Results\n\n");
    page.append(
        effort == Suite.Effort.QUICK ? "Of a quick run: the figures mean nothing.\n\n" : "");
    page.append("Written by `mvn -q -B -pl benchmarks -am -Pbench verify` on ").append(date);
    page.append(". Medians; compare within a table only.\n\n");
    page.append(left()).append("| | |\n| --- | --- |\n");
    Environment.describe().forEach((name, value) -> page.append(row(name, value)));
    page.append("\n## Budget\n\n").append(budget());
    results.forEach((suite, measurements) -> {
      page.append("\n## ").append(suite.title()).append("\n\n");
      page.append(suite.explanation());
      page.append(suite.explanation().endsWith("|\n") ? "\n" : " ");
      page.append(String.format(
          Locale.ROOT, "Load of the machine at the end: %.1f.\n\n", loads.get(suite)));
      notes(suite).forEach(note -> page.append("- ").append(note).append("\n"));
      page.append(notes(suite).isEmpty() ? "" : "\n");
      if (!measurements.isEmpty()) {
        charts(suite).keySet().forEach(file -> page.append("![](plots/" + file + ")\n\n"));
        table(page, measurements);
        aims(page, suite, measurements);
      }
    });
    return page.toString();
  }

  private String left() {
    List<String> left = new ArrayList<>(titles);
    results.keySet().forEach(suite -> left.remove(suite.title()));
    return left.isEmpty() ? "" : "Not in this run: " + String.join("; ", left) + ".\n\n";
  }

  private List<String> notes(Suite suite) {
    String failure = failures.get(suite);
    return failure == null ? suite.notes() : List.of("Nothing was measured: " + failure);
  }

  private String budget() {
    Map<String, List<Measurement>> byTitle = new LinkedHashMap<>();
    results.forEach((suite, measurements) -> byTitle.put(suite.title(), measurements));
    return new Budget(effort.mostEntries()).table(byTitle);
  }

  /** Pictures of all suites, by the names of their files. */
  Map<String, String> plots() {
    Map<String, String> plots = new LinkedHashMap<>();
    results.keySet().forEach(suite -> plots.putAll(charts(suite)));
    return plots;
  }

  /** One for each word before the colon of the measurements' names, and each unit. */
  private Map<String, String> charts(Suite suite) {
    Map<String, List<Measurement>> groups = new LinkedHashMap<>();
    for (Measurement measurement : results.getOrDefault(suite, List.of())) {
      int colon = measurement.name().indexOf(": ");
      String group = colon < 0 ? "" : " " + measurement.name().substring(0, colon);
      groups
          .computeIfAbsent(
              suite.title() + group + " " + measurement.unit(), key -> new ArrayList<>())
          .add(measurement);
    }
    Map<String, String> charts = new LinkedHashMap<>();
    groups.forEach((name, bars) -> charts.put(
        name.toLowerCase(Locale.ROOT).replace("µ", "u").replaceAll("[^a-z0-9]+", "-") + ".svg",
        new BarChart(name, bars).svg()));
    return charts;
  }

  private static void table(StringBuilder page, List<Measurement> measurements) {
    page.append("| | median | least – most | samples | bytes allocated |\n");
    page.append("| --- | ---: | ---: | ---: | ---: |\n");
    for (Measurement measurement : measurements) {
      page.append(row(
          measurement.name(),
          number(measurement.median()) + " " + measurement.unit(),
          number(measurement.least()) + " – " + number(measurement.most()),
          String.valueOf(measurement.samples().length),
          measurement.allocatedBytes().isPresent()
              ? String.format(Locale.ROOT, "%.0f", measurement.allocatedBytes().getAsDouble())
              : ""));
    }
  }

  private static void aims(StringBuilder page, Suite suite, List<Measurement> measurements) {
    if (suite.aims().isEmpty()) {
      return;
    }
    page.append("\n| ratio | is | aim | |\n| --- | ---: | ---: | --- |\n");
    for (Aim aim : suite.aims()) {
      OptionalDouble ratio = aim.ratio(measurements);
      page.append(row(
          aim.subject() + " / " + aim.peer(),
          ratio.isPresent()
              ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble())
              : "not measured",
          aim.isOne() ? "≤ " + aim.most() : "",
          aim.isOne() && ratio.isPresent() ? verdict(ratio.getAsDouble() <= aim.most()) : ""));
    }
  }

  private static String verdict(boolean isMet) {
    return isMet ? "met" : "missed";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }

  String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("date", date.toString());
    document.put("effort", effort.name());
    document.put("environment", Environment.describe());
    List<Map<String, Object>> suites = new ArrayList<>();
    results.forEach((suite, measurements) -> suites.add(json(suite, measurements)));
    document.put("suites", suites);
    return JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(document)
        + "\n";
  }

  private Map<String, Object> json(Suite suite, List<Measurement> measurements) {
    List<Map<String, Object>> aims = new ArrayList<>();
    for (Aim aim : suite.aims()) {
      aims.add(Map.of(
          "subject", aim.subject(),
          "peer", aim.peer(),
          "most", aim.isOne() ? aim.most() : "",
          "ratio", aim.ratio(measurements).orElse(Double.NaN)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("title", suite.title());
    object.put("load", loads.get(suite));
    object.put("notes", notes(suite));
    object.put("measurements", measurements);
    object.put("aims", aims);
    return object;
  }
}
