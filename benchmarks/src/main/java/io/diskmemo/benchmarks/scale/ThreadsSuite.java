package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.disk.PythonPeers;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores in batches, and hits and stores by several threads. */
public final class ThreadsSuite implements Suite {
  private static final List<Engine> ENGINES =
      List.of(Engine.DISKMEMO, Engine.SQLITE, Engine.FILES, Engine.EHCACHE, Engine.ROCKSDB);
  private static final List<String> THREADS = List.of("1", "2", "8", "64");

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public ThreadsSuite() {}

  @Override
  public String title() {
    return "Store: batches and threads";
  }

  @Override
  public String explanation() {
    return "Entries of 200 bytes, ours with all that a call of a wrapper does and without memory."
        + " All of it is done before, for ten seconds, to warm up."
        + " Time is that of the whole, divided by the number of entries. Threads share one store;"
        + " those of bare SQLite one connection, under a lock, with a commit for each store."
        + " Ehcache and RocksDB serve one process; Ehcache writes later. A batch of one file per"
        + " entry, Ehcache and RocksDB is a loop, of which a part may be lost. python-diskcache by"
        + " one thread, in `transact`.";
  }

  private static String name(String what, String peer) {
    if (what.equals("batch")) {
      return "batch of 1,000: " + peer;
    }
    String[] parts = what.split("-", -1);
    return parts[0] + " by " + parts[1] + (parts[1].equals("1") ? " thread: " : " threads: ")
        + peer;
  }

  @Override
  public List<Aim> aims() {
    List<Aim> aims = new ArrayList<>(List.of(shown("batch")));
    for (String threads : THREADS) {
      aims.add(shown("hits-" + threads));
      aims.add(shown("stores-" + threads));
    }
    return aims;
  }

  private static Aim shown(String what) {
    return Aim.none(name(what, Engine.DISKMEMO.title()), name(what, Engine.SQLITE.title()));
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    for (Engine engine : ENGINES) {
      List<String> lines = attempts.lines(
          engine.title(),
          (directory, number) -> Child.java(
              engine.options(),
              ThreadsProcess.class,
              engine.name(),
              directory.toString(),
              effort == Effort.FULL ? "8" : "2",
              effort == Effort.FULL ? "10000" : "100"));
      add(engine.title(), lines, samples);
    }
    List<String> lines = attempts.lines(
        PythonPeers.DISKCACHE.title(),
        (directory, number) ->
            PythonPeers.DISKCACHE.start(directory.toString(), "200", "1000", "4000", "4", "150"));
    add(PythonPeers.DISKCACHE.title(), lines, samples);
    List<Measurement> all = new ArrayList<>();
    samples.forEach((name, values) -> all.add(Measurement.of(
        name, "µs", values.stream().mapToDouble(Double::doubleValue).toArray())));
    all.sort(Comparator.comparing(one -> one.name().substring(0, one.name().indexOf(':'))));
    return all;
  }

  private static void add(String peer, List<String> lines, Map<String, List<Double>> samples) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      String what = words[0].equals("store") ? "stores-1" : words[0]; // of Python
      if (what.equals("batch") || what.contains("-")) {
        samples
            .computeIfAbsent(name(what, peer), key -> new ArrayList<>())
            .add(Double.valueOf(words[1]));
      }
    }
  }
}
