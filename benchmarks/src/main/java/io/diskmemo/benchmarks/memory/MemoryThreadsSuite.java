package io.diskmemo.benchmarks.memory;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some of {@link MemoryBenchmark} by several threads at once. */
public final class MemoryThreadsSuite implements Suite {
  private static final String OURS = "DiskMemo, with expiry";
  private static final String CAFFEINE = "Caffeine, with expiry";

  private static final Map<String, String> NAMES = names();

  private final Attempts attempts = new Attempts();

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
    return "As above, by a string and an int, but without JMH. All threads ask the same cache for the same"
        + " 10,000 entries, each beginning with another. Time is that from the start of the first to the"
        + " end of the last, divided by the number of hits of all threads.";
  }

  private static String name(int threads, String peer) {
    return "hits by " + threads + (threads == 1 ? " thread: " : " threads: ") + peer;
  }

  @Override
  public List<Aim> aims() {
    return Arrays.stream(MemoryThreadsProcess.THREADS)
        .mapToObj(threads -> Aim.none(name(threads, OURS), name(threads, CAFFEINE)))
        .toList();
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    boolean isFull = effort == Effort.FULL;
    Samples samples = new Samples();
    for (int round = 0; round < (isFull ? 2 : 1); round++) {
      for (Map.Entry<String, String> peer : NAMES.entrySet()) {
        List<String> lines = attempts.lines(
            peer.getValue(),
            (directory, number) -> Child.java(
                List.of(),
                MemoryThreadsProcess.class,
                peer.getKey(),
                isFull ? "5" : "1",
                isFull ? "2500" : "100"));
        for (String line : lines) {
          String[] words = line.split(" ", -1); // threads and nanoseconds
          samples.add(
              name(Integer.parseInt(words[0]), peer.getValue()),
              "ns/op",
              Double.parseDouble(words[1]));
        }
      }
    }
    return samples.measurements();
  }
}
