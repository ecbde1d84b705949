package io.diskmemo.benchmarks;

import io.diskmemo.benchmarks.codec.CodecBenchmark;
import io.diskmemo.benchmarks.compile.CompileSuite;
import io.diskmemo.benchmarks.store.CipherBenchmark;
import io.diskmemo.benchmarks.store.EvictionSuite;
import io.diskmemo.benchmarks.store.GuardBenchmark;
import io.diskmemo.benchmarks.store.StoreBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs the suites and writes what came of them: {@code RESULTS.md} in the module's directory, or in
 * {@code target} after a quick run or one of some suites only; {@code target/results.json} always.
 */
public final class Benchmarks {
  private static final List<Suite> SUITES = List.of(
      CodecBenchmark.suite(),
      StoreBenchmark.suite(),
      GuardBenchmark.suite(),
      CipherBenchmark.suite(),
      new EvictionSuite(),
      new CompileSuite());

  private Benchmarks() {}

  /**
   * Runs.
   *
   * @param arguments the module's directory; whether to be quick; which suites, as a regular
   *     expression that is looked for in their titles
   * @throws Exception if something cannot be measured
   */
  public static void main(String[] arguments) throws Exception {
    Path module = Path.of(arguments[0]);
    boolean isQuick = Boolean.parseBoolean(arguments[1]);
    Pattern only = Pattern.compile(arguments[2], Pattern.CASE_INSENSITIVE);
    List<Suite> chosen =
        SUITES.stream().filter(suite -> only.matcher(suite.title()).find()).toList();
    Report report = run(chosen, isQuick ? Suite.Effort.QUICK : Suite.Effort.FULL);

    Path target = Files.createDirectories(module.resolve("target"));
    boolean isWhole = !isQuick && chosen.equals(SUITES);
    Path page = (isWhole ? module : target).resolve("RESULTS.md");
    Files.writeString(page, report.markdown());
    Files.writeString(target.resolve("results.json"), report.json());
    System.out.println("results: " + page);
  }

  private static Report run(List<Suite> suites, Suite.Effort effort) throws Exception {
    Report report = new Report(LocalDate.now(ZoneOffset.UTC), effort);
    for (Suite suite : suites) {
      report.add(suite, suite.run(effort));
    }
    return report;
  }
}
