package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hits and stores of 200 bytes as a store grows. */
public final class GrowingSuite implements Suite {
  private static final List<Engine> ENGINES =
      List.of(Engine.DISKMEMO, Engine.SQLITE, Engine.EHCACHE, Engine.ROCKSDB);
  private static final int FEWEST = 10_000;
  private static final Duration LONGEST_WHEN_SMALL = Duration.ofMinutes(4);

  /** As long as HotSpot needs to compile what is hot, of hits and of stores. */
  private static final Duration WARMING = Duration.ofSeconds(5);

  private static final Duration WARMING_WHEN_QUICK = Duration.ofMillis(200);

  /** Of ours 10,000,000 took 38 minutes. */
  private static final Duration LONGEST_FOR_EACH = Duration.ofNanos(300_000);

  private static final int MOST_OF_HIT = 2;
  private static final int MOST_OF_STORE = 3;

  private final int most;
  private final Attempts attempts = new Attempts();

  /**
   * Nothing was measured yet.
   *
   * @param most entries of a full run, a power of ten
   */
  public GrowingSuite(int most) {
    this.most = most;
  }

  @Override
  public String title() {
    return "Scale: many entries";
  }

  @Override
  public String explanation() {
    return String.format(
            Locale.ROOT, "One store that grows tenfold each time, up to %,d entries (`most`)", most)
        + " of 200 bytes with one tag. `-Dmost=10000000` takes it further; what one such run gave stands in"
        + " `docs/decisions/0029`. Before,"
        + " hits and stores warm up for " + WARMING.toSeconds()
        + String.format(
            Locale.ROOT,
            " s each in another store. Two rounds, in which the stores follow each other; the second goes"
                + " up to %,d entries.",
            GrowingProcess.MOST_TWICE)
        + " Each hit"
        + " is of an entry that was not wanted since all others were, so that in large stores pages are"
        + " met that are in no cache of the process. Maintenance removes"
        + " nothing here: it checks every entry; that of bare SQLite is `integrity_check` and a"
        + " checkpoint. Ehcache and RocksDB serve one process and know no tags.";
  }

  private static String name(String what, Engine engine, String entries) {
    return what + ": " + engine.title() + ", " + entries;
  }

  @Override
  public List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    for (Engine engine : ENGINES) {
      boolean isOurs = engine == Engine.DISKMEMO;
      aims.add(new Aim(
          name("hit", engine, "most"),
          name("hit", engine, "10,000"),
          isOurs ? MOST_OF_HIT : Double.POSITIVE_INFINITY));
      aims.add(new Aim(
          name("store", engine, "most"),
          name("store", engine, "10,000"),
          isOurs ? MOST_OF_STORE : Double.POSITIVE_INFINITY));
    }
    return aims;
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    boolean isFull = effort == Effort.FULL;
    int end = effort.mostEntries();
    List<Integer> steps = steps(end);
    Samples samples = new Samples();
    for (Engine engine : ENGINES) {
      measure(engine, steps, isFull ? WARMING : WARMING_WHEN_QUICK, end, samples);
    }
    List<Integer> again =
        steps.stream().filter(entries -> entries <= GrowingProcess.MOST_TWICE).toList();
    for (Engine engine : isFull ? ENGINES : List.<Engine>of()) {
      measure(engine, again, WARMING, end, samples);
    }
    return samples.measurements();
  }

  private static List<Integer> steps(int end) {
    List<Integer> steps = new ArrayList<>();
    for (long entries = FEWEST; entries < end; entries *= 10) {
      steps.add((int) entries);
    }
    steps.add(end);
    return steps;
  }

  private void measure(
      Engine engine, List<Integer> steps, Duration warming, int end, Samples samples)
      throws IOException, InterruptedException {
    List<String> lines = attempts.linesUntilItFails(engine.title(), (directory, number) -> {
      List<String> arguments = new ArrayList<>(
          List.of(engine.name(), directory.toString(), String.valueOf(warming.toMillis())));
      steps.forEach(step -> arguments.add(String.valueOf(step)));
      return Child.java(longest(), GrowingProcess.class, arguments.toArray(String[]::new));
    });
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      int entries = Integer.parseInt(words[1]);
      String shown = entries == end ? "most" : String.format(Locale.ROOT, "%,d", entries);
      samples.add(
          name(words[0], engine, shown),
          words[0].equals("maintenance") ? "ms" : "µs",
          Double.parseDouble(words[2]));
    }
  }

  private Duration longest() {
    return LONGEST_WHEN_SMALL.plus(LONGEST_FOR_EACH.multipliedBy(most));
  }
}
