package io.diskmemo.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The JMH benchmarks of one class, each a measurement named after its method, with what it allocates. JMH
 * leaves out those that fail, so they are noted with what it said of them. For one thread.
 */
public final class JmhSuite implements Suite {
  /** With two cores HotSpot takes so long to compile what a hit on disk runs through. */
  private static final int WARMING_SECONDS = 5;

  /**
   * The arguments of all JVMs that measure. With patience, a store of ours waits for a disk that is slow,
   * as those of the others do; as it comes, results go unstored while a write takes longer than 100 ms.
   *
   * <p>All of the heap is touched beforehand. Else each page of it faults when the first object is laid
   * there, which on a virtual machine takes 3 µs and more, until all of the young generation was used once;
   * when that is depends on what was allocated while warming up.
   */
  static final List<String> JVM_ARGUMENTS = List.of(
      "-Xms1g",
      "-Xmx1g",
      "-XX:+AlwaysPreTouch",
      "--enable-native-access=ALL-UNNAMED",
      "-Dio.diskmemo.patience=10000");

  private final String title;
  private final String explanation;
  private final Class<?> benchmarks;
  private final List<Aim> aims;
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * Nothing was measured yet.
   *
   * @param title of the table
   * @param explanation in Markdown
   * @param benchmarks class with the benchmarks
   * @param aims over names of methods
   */
  public JmhSuite(String title, String explanation, Class<?> benchmarks, List<Aim> aims) {
    this.title = title;
    this.explanation = explanation;
    this.benchmarks = benchmarks;
    this.aims = List.copyOf(aims);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String explanation() {
    return explanation;
  }

  @Override
  public List<Aim> aims() {
    return aims;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    failures.forEach((method, reason) -> notes.add(method + " was not measured: " + reason));
    return notes;
  }

  /**
   * Why there is nothing of a benchmark, after it was run.
   *
   * @param method that has it
   * @return what JMH said, in one line
   */
  public Optional<String> failure(String method) {
    return Optional.ofNullable(failures.get(method));
  }

  @Override
  public List<Measurement> run(Effort effort) throws RunnerException {
    List<String> methods = Stream.of(benchmarks.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .toList();
    return run(methods, options(effort));
  }

  private List<Measurement> run(List<String> methods, ChainedOptionsBuilder options)
      throws RunnerException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    options.include(
        "^" + Pattern.quote(benchmarks.getName()) + "\\.(" + String.join("|", methods) + ")$");
    Collection<RunResult> results = new Runner(
            options.build(),
            OutputFormatFactory.createFormatInstance(
                new PrintStream(said, true, StandardCharsets.UTF_8), VerboseMode.NORMAL))
        .run();
    List<Measurement> measurements = new ArrayList<>();
    results.forEach(result -> measurements.add(measurement(result)));
    JmhComplaints complaints = new JmhComplaints(said.toString(StandardCharsets.UTF_8));
    for (String method : methods) {
      if (Measurement.named(method, measurements).isEmpty()) {
        failures.put(method, complaints.about(benchmarks.getName() + "." + method));
      }
    }
    return measurements;
  }

  private static ChainedOptionsBuilder options(Effort effort) {
    boolean isFull = effort == Effort.FULL;
    return new OptionsBuilder()
        .forks(isFull ? 2 : 1)
        .warmupIterations(isFull ? WARMING_SECONDS : 1)
        .warmupTime(TimeValue.milliseconds(isFull ? 1000 : 200))
        .measurementIterations(isFull ? 5 : 1)
        .measurementTime(TimeValue.milliseconds(isFull ? 400 : 200))
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend(JVM_ARGUMENTS.toArray(String[]::new))
        .shouldFailOnError(false); // a peer that fails is missing from the table, and that is said
  }

  private static Measurement measurement(RunResult result) {
    String method = result.getParams().getBenchmark();
    return new Measurement(
        method.substring(method.lastIndexOf('.') + 1),
        result.getPrimaryResult().getScoreUnit(),
        samples(result),
        allocatedBytes(result));
  }

  private static double[] samples(RunResult result) {
    List<Double> samples = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        samples.add(iteration.getPrimaryResult().getScore());
      }
    }
    return samples.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static OptionalDouble allocatedBytes(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? OptionalDouble.empty() : OptionalDouble.of(allocated.getScore());
  }
}
