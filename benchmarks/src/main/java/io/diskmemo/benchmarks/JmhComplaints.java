package io.diskmemo.benchmarks;

import java.util.HashMap;
import java.util.Map;

/**
 * What JMH printed of benchmarks that failed. Under a heading for each of them stands a line that ends
 * with {@code <failure>} or begins with {@code <forked VM failed}, and under that what the benchmark or
 * its JVM said.
 */
final class JmhComplaints {
  private static final String HEADING = "# Benchmark: ";
  private static final int LONGEST = 300;

  private final Map<String, String> byBenchmark = new HashMap<>();

  /** Of a whole run. */
  JmhComplaints(String output) {
    String benchmark = "";
    boolean isNext = false;
    for (String line : output.lines().map(String::strip).toList()) {
      if (line.startsWith(HEADING)) {
        benchmark = line.substring(HEADING.length());
        isNext = false;
      } else if (isFailure(line)) {
        isNext = true;
      } else if (isNext && !line.isEmpty()) {
        byBenchmark.putIfAbsent(benchmark, shortened(line));
        isNext = false;
      }
    }
  }

  private static boolean isFailure(String line) {
    return line.endsWith("<failure>") || line.startsWith("<forked VM failed");
  }

  private static String shortened(String line) {
    String inTable = line.replace("|", "/");
    return inTable.length() <= LONGEST ? inTable : inTable.substring(0, LONGEST) + "…";
  }

  /** In one line. */
  String about(String benchmark) {
    return byBenchmark.getOrDefault(benchmark, "it failed, and nothing that JMH printed says why");
  }
}
