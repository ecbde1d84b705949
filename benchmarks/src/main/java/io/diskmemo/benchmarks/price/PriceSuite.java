package io.diskmemo.benchmarks.price;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What of a store is a commit, what the promises cost, and what is left. */
public final class PriceSuite implements Suite {
  /** After 5 s, stores of ours were still slower than those of the suites that warm up for longer. */
  private static final String WARMING_SECONDS = "20";

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public PriceSuite() {}

  @Override
  public String title() {
    return "Store: what it pays for";
  }

  @Override
  public String explanation() {
    return "Stores of 200 bytes with one tag, by one thread, each in a commit of its own, in stores of"
        + " 20,000. Each line has what those above it have. **Rows**: the database is one that DiskMemo"
        + " made, with its columns and indexes, its settings of the connection, and the row of sums by which"
        + " the size limit holds."
        + " **What it asks**: for the key, before and after it has the lease, and in the"
        + " transaction for the state, by which evictions win over what is being computed, the method and the"
        + " tag; with it these are the ten statements of a store that `StatementsTest` counts."
        + " **By another thread**: so that a disk that does not answer holds no caller. All but the last"
        + " by one connection of JDBC with statements prepared once; the last is a call of a wrapper, with"
        + " its lease and checksum, which looks by a connection that only reads. Each JVM warms up for "
        + WARMING_SECONDS + " s, in another store.";
  }

  @Override
  public List<Aim> aims() {
    return List.of(
        Aim.none(Step.ROWS.title(), Step.BARE.title()),
        Aim.none(Step.QUERIES.title(), Step.BARE.title()),
        Aim.none(Step.THREAD.title(), Step.BARE.title()),
        Aim.none(Step.DISKMEMO.title(), Step.BARE.title()),
        Aim.none(Step.DISKMEMO.title(), Step.THREAD.title()));
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
      for (Step step : Step.values()) {
        List<String> lines = attempts.lines(step.title(), (directory, number) -> {
          Files.createDirectories(directory.resolve("warming"));
          Files.createDirectories(directory.resolve("measured"));
          return Child.java(
              List.of(),
              PriceProcess.class,
              step.name(),
              directory.toString(),
              isFull ? "8" : "2",
              isFull ? WARMING_SECONDS : "1");
        });
        lines.forEach(line -> samples.add(step.title(), "µs", Double.parseDouble(line)));
      }
    }
    return samples.measurements();
  }
}
