package io.diskmemo.benchmarks.price;

import io.diskmemo.benchmarks.Pause;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Stores small values, and prints microseconds for each, one line a sample. */
final class PriceProcess {
  private static final int SIZE = 200;
  private static final int ENTRIES = 20_000;
  private static final int PER_SAMPLE = 1000;
  private static final int MOST_WHILE_WARMING = 100_000;

  private PriceProcess() {}

  /** Step, directory, samples, seconds to warm up. */
  public static void main(String[] arguments) throws Exception {
    Step step = Step.valueOf(arguments[0]);
    Path directory = Path.of(arguments[1]);
    int samples = Integer.parseInt(arguments[2]);
    warm(step, directory.resolve("warming"), Integer.parseInt(arguments[3]));
    try (Storing store = step.open(directory.resolve("measured"), SIZE, ENTRIES)) {
      for (int i = 0; i < samples; i++) {
        int from = ENTRIES + i * PER_SAMPLE;
        long begun = System.nanoTime();
        for (int id = from; id < from + PER_SAMPLE; id++) {
          store.put(id);
        }
        System.out.println((System.nanoTime() - begun) / 1e3 / PER_SAMPLE);
      }
      store.require(samples * PER_SAMPLE);
    }
  }

  /** In a store of its own. */
  private static void warm(Step step, Path directory, int seconds) throws Exception {
    try (Storing store = step.open(directory, SIZE, ENTRIES)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      int id = ENTRIES;
      while (System.nanoTime() < end && id < MOST_WHILE_WARMING) {
        store.put(id++);
      }
      store.require(id - ENTRIES);
      Pause.until(end); // HotSpot has the processors for itself
    }
  }
}
