package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hits and stores by several processes, in one store. */
public final class ProcessesSuite implements Suite {
  private static final List<Engine> ENGINES =
      List.of(Engine.DISKMEMO, Engine.SQLITE, Engine.FILES, Engine.CHRONICLE);
  private static final List<Integer> PROCESSES = List.of(1, 2, 8);
  private static final int ROUNDS = 2;

  /** In each round. */
  private static final int SAMPLES = 3;

  /**
   * What HotSpot needs to compile what is hot, if its process has a core for itself. Stores, of which ours
   * are the most to compile, get more; docs/decisions/0029 has what they take after less.
   */
  private static final int WARMING_MILLIS_OF_HITS = 5000;

  private static final int WARMING_MILLIS_OF_STORES = 10_000;
  private static final int WARMING_MILLIS_WHEN_QUICK = 500;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public ProcessesSuite() {}

  @Override
  public String title() {
    return "Scale: processes";
  }

  @Override
  public String explanation() {
    return String.format(
            Locale.ROOT,
            "Entries of 200 bytes, %,d of them there before. Each process does the same for",
            SharingProcess.ENTRIES)
        + " some time, after a warm-up that is the longer the more processes share a core, and for"
        + " stores in another store, in two rounds in which the"
        + " stores follow each other; shown is"
        + " the time for each operation of all of them together, by the sum of their rates. Ehcache, MapDB, H2 and"
        + " RocksDB are not here, because they serve one process.";
  }

  private static String name(String what, int processes, Engine engine) {
    return what + " by " + processes + (processes == 1 ? " process: " : " processes: ")
        + engine.title();
  }

  @Override
  public List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    for (String what : List.of("hits", "stores")) {
      for (int processes : PROCESSES) {
        aims.add(
            Aim.none(name(what, processes, Engine.DISKMEMO), name(what, processes, Engine.SQLITE)));
      }
    }
    return aims;
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Samples samples = new Samples();
    boolean isFull = effort == Effort.FULL;
    for (int round = 0; round < (isFull ? ROUNDS : 1); round++) {
      for (int processes : isFull ? PROCESSES : PROCESSES.subList(0, 2)) {
        for (Engine engine : ENGINES) {
          measure(engine, processes, effort, samples);
        }
      }
    }
    return samples.measurements();
  }

  private void measure(Engine engine, int processes, Effort effort, Samples samples)
      throws IOException, InterruptedException {
    int millis = effort == Effort.FULL ? 200 : 50;
    attempts.measure(
        engine.title() + " in " + processes,
        processes,
        (directory, number) -> started(engine, directory, number),
        children -> {
          for (String what : List.of("hits", "stores")) {
            micros(children, "warm-" + what, warmingMillis(what, processes, effort));
            for (int i = 0; i < (effort == Effort.FULL ? SAMPLES : 1); i++) {
              samples.add(name(what, processes, engine), "µs", micros(children, what, millis));
            }
          }
        });
  }

  private static int warmingMillis(String what, int processes, Effort effort) {
    if (effort == Effort.QUICK) {
      return WARMING_MILLIS_WHEN_QUICK;
    }
    int alone = what.equals("hits") ? WARMING_MILLIS_OF_HITS : WARMING_MILLIS_OF_STORES;
    return alone * Math.max(1, processes / CORES);
  }

  /** Each when the one before it has the store open. */
  private static Child started(Engine engine, Path directory, int number) throws IOException {
    List<String> options = new ArrayList<>(engine.options());
    options.addAll(List.of("-Xms256m", "-Xmx256m")); // all of it is touched, by up to eight
    Child child = Child.java(
        options, SharingProcess.class, engine.name(), directory.toString(), String.valueOf(number));
    child.line();
    return child;
  }

  private static double micros(List<Child> children, String what, int millis) throws IOException {
    for (Child child : children) {
      child.tell(what + " " + millis);
    }
    double perMicro = 0;
    for (Child child : children) {
      String[] words = child.line().split(" ", -1); // count and nanoseconds
      perMicro += Long.parseLong(words[0]) * 1e3 / Long.parseLong(words[1]);
    }
    return 1 / perMicro;
  }
}
