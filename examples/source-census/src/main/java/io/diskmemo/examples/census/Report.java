package io.diskmemo.examples.census;

import static java.util.Comparator.comparingInt;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints what a census found, and what the runs of the demo cost. */
final class Report {
  private static final Comparator<MethodMetrics> MOST_COMPLEX_FIRST =
      comparingInt(MethodMetrics::complexity).reversed().thenComparing(MethodMetrics::name);

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void printRun(Run run) {
    out.printf(
        Locale.ROOT,
        "%s: %,d files in %,d ms, %,d of them parsed%n",
        run.stage(),
        run.files(),
        run.millis(),
        run.computations());
  }

  void printMostComplexMethods(Census census) {
    out.println("\nThe ten most complex methods");
    Table table = new Table("complexity", "lines", "method");
    census.metrics().values().stream()
        .flatMap(Report::methods)
        .sorted(MOST_COMPLEX_FIRST)
        .limit(10)
        .forEach(method -> table.add(method.complexity(), method.lines(), method.name()));
    table.print(out);
  }

  void printLibraries(Census census) {
    out.println("\nBy library");
    Table table = new Table(
        "library",
        "files",
        "unparsed",
        "types",
        "methods",
        "statements",
        "complexity",
        "imports",
        "longest",
        "longest method");
    census.metrics().forEach((library, metrics) -> table.add(row(library, metrics)));
    table.print(out);
  }

  private static Object[] row(String library, List<SourceMetrics> files) {
    MethodMetrics longest = files.stream()
        .flatMap(file -> file.longestMethod().stream())
        .max(comparingInt(MethodMetrics::lines))
        .orElseThrow();
    return new Object[] {
      library,
      files.size(),
      files.stream().filter(file -> file.problem().isPresent()).count(),
      files.stream().mapToInt(SourceMetrics::types).sum(),
      methods(files).count(),
      files.stream().mapToInt(SourceMetrics::statements).sum(),
      methods(files).mapToInt(MethodMetrics::complexity).sum(),
      files.stream().flatMap(file -> file.imports().stream()).distinct().count(),
      longest.lines(),
      longest.name()
    };
  }

  private static Stream<MethodMetrics> methods(List<SourceMetrics> files) {
    return files.stream().flatMap(file -> file.methods().stream());
  }

  /** The table of all runs, and under it one line for programs that read the output. */
  void printRuns(Runs runs) {
    out.println("\nThe four runs, each in a JVM of its own");
    Table table = new Table("run", "ms", "memory hits", "disk hits", "computed", "ms saved");
    runs.inOrder().forEach(run -> table.add(row(run)));
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%ndemo: files=%d cold_ms=%d warm_ms=%d changed_computed=%d evicted_computed=%d%n",
        runs.cold().files(),
        runs.cold().millis(),
        runs.warm().millis(),
        runs.changed().computations(),
        runs.evicted().computations());
  }

  private static Object[] row(Run run) {
    return new Object[] {
      run.stage(),
      run.millis(),
      run.memoryHits(),
      run.diskHits(),
      run.computations(),
      run.savedMillis()
    };
  }
}
