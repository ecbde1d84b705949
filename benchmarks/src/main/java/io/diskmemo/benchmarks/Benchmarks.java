package io.diskmemo.benchmarks;

import io.diskmemo.benchmarks.codec.CodecBenchmark;
import io.diskmemo.benchmarks.compile.CompileSuite;
import io.diskmemo.benchmarks.coordination.CoordinationSuite;
import io.diskmemo.benchmarks.disk.BusyDiskSuite;
import io.diskmemo.benchmarks.disk.DiskSuite;
import io.diskmemo.benchmarks.eviction.EvictionSuite;
import io.diskmemo.benchmarks.expiry.ExpirySuite;
import io.diskmemo.benchmarks.expiry.MaintenanceSuite;
import io.diskmemo.benchmarks.memory.MemorySuite;
import io.diskmemo.benchmarks.memory.MemoryThreadsSuite;
import io.diskmemo.benchmarks.policies.FullKindSuite;
import io.diskmemo.benchmarks.policies.PolicySuite;
import io.diskmemo.benchmarks.price.PriceSuite;
import io.diskmemo.benchmarks.scale.GrowingSuite;
import io.diskmemo.benchmarks.scale.ProcessesSuite;
import io.diskmemo.benchmarks.scale.ThreadsSuite;
import io.diskmemo.benchmarks.stampede.StampedeSuite;
import io.diskmemo.benchmarks.start.StartSuite;
import io.diskmemo.benchmarks.store.CipherBenchmark;
import io.diskmemo.benchmarks.store.GuardBenchmark;
import io.diskmemo.benchmarks.store.StoreBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs the suites and writes what came of them, after each of them to {@code target}: {@code RESULTS.md},
 * {@code plots} and {@code results.json}. After a whole run, page and plots are in the module's directory.
 */
public final class Benchmarks {
  private static final List<Suite> SUITES = List.of(
      new MemorySuite(), // what the budget is about comes first
      new MemoryThreadsSuite(),
      new DiskSuite("200 B", 200),
      new ThreadsSuite(),
      new PriceSuite(),
      new EvictionSuite(),
      new ExpirySuite(),
      new MaintenanceSuite(),
      new StartSuite(),
      new GrowingSuite(Suite.Effort.FULL.mostEntries()),
      new CompileSuite(),
      StoreBenchmark.suite(),
      new CoordinationSuite(),
      new StampedeSuite(),
      CodecBenchmark.suite(),
      new PolicySuite(),
      new FullKindSuite(),
      new DiskSuite("2 KB", 2 << 10),
      new DiskSuite("64 KB", 64 << 10),
      new DiskSuite("1 MB", 1 << 20),
      new BusyDiskSuite(),
      new ProcessesSuite(),
      GuardBenchmark.suite(),
      CipherBenchmark.suite());

  private Benchmarks() {}

  /**
   * Runs.
   *
   * @param arguments the module's directory; whether to be quick; which suites, as a regular
   *     expression that is looked for in their titles
   * @throws Exception if the results cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    Path module = Path.of(arguments[0]);
    boolean isQuick = Boolean.parseBoolean(arguments[1]);
    Pattern only = Pattern.compile(arguments[2], Pattern.CASE_INSENSITIVE);
    List<Suite> chosen =
        SUITES.stream().filter(suite -> only.matcher(suite.title()).find()).toList();
    Path target = Files.createDirectories(module.resolve("target"));
    Report report = run(chosen, isQuick ? Suite.Effort.QUICK : Suite.Effort.FULL, target);

    boolean isWhole = !isQuick && chosen.equals(SUITES);
    Path home = isWhole ? module : target;
    write(report, home);
    System.out.println("results: " + home.resolve("RESULTS.md"));
  }

  private static void write(Report report, Path home) throws IOException {
    Files.writeString(home.resolve("RESULTS.md"), report.markdown());
    Path plots = home.resolve("plots");
    Directories.delete(plots); // some may be of figures that are no longer measured
    Files.createDirectories(plots);
    for (Map.Entry<String, String> plot : report.plots().entrySet()) {
      Files.writeString(plots.resolve(plot.getKey()), plot.getValue());
    }
  }

  /** One that fails does not keep the others from being measured, nor does the end of the run. */
  private static Report run(List<Suite> suites, Suite.Effort effort, Path target)
      throws IOException {
    List<String> titles = SUITES.stream().map(Suite::title).toList();
    Report report = new Report(LocalDate.now(ZoneOffset.UTC), effort, titles);
    for (Suite suite : suites) {
      long begun = System.nanoTime();
      try {
        report.add(suite, suite.run(effort));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        report.addFailure(suite, e);
      } catch (Exception e) {
        report.addFailure(suite, e);
      }
      write(report, target);
      Files.writeString(target.resolve("results.json"), report.json());
      suite.notes().forEach(System.out::println);
      System.out.printf(
          Locale.ROOT, "%s: %.0f s%n", suite.title(), (System.nanoTime() - begun) / 1e9);
    }
    return report;
  }
}
