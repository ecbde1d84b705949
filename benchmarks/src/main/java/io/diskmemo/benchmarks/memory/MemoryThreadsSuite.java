package io.diskmemo.benchmarks.memory;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Some of {@link MemoryBenchmark} by several threads at once. */
public final class MemoryThreadsSuite implements Suite {
  private static final int[] THREADS = {1, 2, 8, 64};
  private static final String OURS = "DiskMemo, with expiry";
  private static final String CAFFEINE = "Caffeine, with expiry";

  private static final Map<String, String> NAMES = names();

  private final List<String> notes = new ArrayList<>();

  /** Nothing was measured yet. */
  public MemoryThreadsSuite() {}

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("stringAndIntForADay", OURS);
    names.put("caffeineExpiring", CAFFEINE);
    names.put("map", "ConcurrentHashMap by hand");
    return names;
  }

  @Override
  public String title() {
    return "Memory: threads";
  }

  @Override
  public String explanation() {
    return "As above, by a string and an int. All threads ask the same cache for the same 10,000"
        + " entries, each beginning with another. Time is the mean over the threads of what a hit took"
        + " each, divided by their number: a little more than that of the whole where threads take turns.";
  }

  private static String name(int threads, String peer) {
    return "hits by " + threads + (threads == 1 ? " thread: " : " threads: ") + peer;
  }

  @Override
  public List<Aim> aims() {
    return Arrays.stream(THREADS)
        .mapToObj(threads -> Aim.none(name(threads, OURS), name(threads, CAFFEINE)))
        .toList();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    List<Measurement> all = new ArrayList<>();
    for (int threads : THREADS) {
      JmhSuite jmh = new JmhSuite(title(), "", MemoryBenchmark.class, List.of());
      List<Measurement> measured = jmh.run(List.copyOf(NAMES.keySet()), threads, effort);
      NAMES.forEach((method, peer) -> {
        String name = name(threads, peer);
        measured.stream()
            .filter(one -> one.name().equals(method))
            .forEach(one -> all.add(ofAll(threads, name, one)));
        jmh.failure(method).ifPresent(why -> notes.add(name + " was not measured: " + why));
      });
    }
    return all;
  }

  /** Each thread makes one hit in the time that JMH says. */
  private static Measurement ofAll(int threads, String name, Measurement ofEach) {
    double[] samples =
        Arrays.stream(ofEach.samples()).map(sample -> sample / threads).toArray();
    return new Measurement(name, ofEach.unit(), samples, OptionalDouble.empty());
  }
}
