package io.diskmemo.benchmarks.stampede;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.disk.PythonPeers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that all want the same cold key at the same time. */
public final class StampedeSuite implements Suite {
  private static final int PROCESSES = 8;

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public StampedeSuite() {}

  @Override
  public String title() {
    return "Stampede: the same cold key from " + PROCESSES + " processes";
  }

  @Override
  public String explanation() {
    return "The method takes " + Slow.MILLIS + " ms and no processor time. All processes run"
        + " already, and are told the key at once; time is until the last has its value."
        + " Spring's cache is one for each process, so each computes. python-diskcache by"
        + " `memoize_stampede`, which is against stampedes at expiry, and by `barrier(cache, Lock)` over"
        + " `memoize`, one lock for all keys of the function, which its documentation shows too.";
  }

  @Override
  public List<Aim> aims() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    int rounds = effort == Effort.FULL ? 7 : 2;
    List<Measurement> all = new ArrayList<>();
    measure(
        "DiskMemo",
        rounds,
        all,
        (directory, number) -> Child.java(
            List.of("-Xms64m"), SlowProcess.class, directory.resolve("store").toString()));
    measure(
        "Spring @Cacheable over Caffeine",
        rounds,
        all,
        (directory, number) -> Child.java(List.of("-Xms64m"), SlowProcess.class, "spring"));
    measure(PythonPeers.DISKCACHE.title() + ", memoize_stampede", rounds, all, python(false));
    measure(PythonPeers.DISKCACHE.title() + ", barrier over memoize", rounds, all, python(true));
    return all;
  }

  private static Attempts.Start python(boolean hasBarrier) {
    return (directory, number) -> PythonPeers.DISKCACHE.start(
        "stampede", directory.toString(), String.valueOf(Slow.MILLIS), hasBarrier ? "1" : "0");
  }

  private void measure(String name, int rounds, List<Measurement> all, Attempts.Start start)
      throws IOException, InterruptedException {
    attempts.measure(name, PROCESSES, start, children -> {
      for (Child child : children) {
        child.line();
      }
      all.addAll(measured(name, rounds, children));
    });
  }

  private static List<Measurement> measured(String name, int rounds, List<Child> children)
      throws IOException {
    double[] millis = new double[rounds];
    double[] computations = new double[rounds];
    ask(children, -1); // the first call loads classes
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      computations[i] = ask(children, i);
      millis[i] = (System.nanoTime() - begun) / 1e6;
    }
    return List.of(
        Measurement.of("time: " + name, "ms", millis),
        Measurement.of("computations: " + name, "", computations));
  }

  private static int ask(List<Child> children, int number) throws IOException {
    for (Child child : children) {
      child.tell(String.valueOf(number));
    }
    int computations = 0;
    for (Child child : children) {
      computations += Integer.parseInt(child.line());
    }
    return computations;
  }
}
