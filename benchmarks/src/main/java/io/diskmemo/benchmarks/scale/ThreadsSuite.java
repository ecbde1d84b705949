package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Samples;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.disk.PythonPeers;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Stores in batches, and hits and stores by several threads. */
public final class ThreadsSuite implements Suite {
  private static final List<Engine> ENGINES =
      List.of(Engine.DISKMEMO, Engine.SQLITE, Engine.FILES, Engine.EHCACHE, Engine.ROCKSDB);
  private static final List<String> THREADS = List.of("1", "2", "8", "64");

  /** As long as HotSpot needs to compile what is hot. */
  private static final Duration WARMING = Duration.ofSeconds(10);

  private static final Duration WARMING_WHEN_QUICK = Duration.ofMillis(100);

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public ThreadsSuite() {}

  @Override
  public String title() {
    return "Store: batches and threads";
  }

  @Override
  public String explanation() {
    return String.format(
            Locale.ROOT,
            "Entries of 200 bytes, ours with all that a call of a wrapper does and without memory."
                + " All of it is done before in another store, for %d seconds, to warm up. Each store"
                + " holds %,d entries when it is measured, of which the hits are, and gets as many more as"
                + " all others.",
            WARMING.toSeconds(),
            ThreadsProcess.ENTRIES)
        + " Two rounds, in which the stores follow each other."
        + " Time is that of the whole, divided by the number of entries. Threads share one store;"
        + " of bare SQLite each that reads has a connection of its own, and those that store share one under a"
        + " lock, with a commit for each."
        + " Ehcache and RocksDB serve one process; Ehcache writes later. A batch of one file per"
        + " entry, Ehcache and RocksDB is a loop, of which a part may be lost. python-diskcache by"
        + " one thread, its batches in `transact`.";
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
    Samples samples = new Samples();
    boolean isFull = effort == Effort.FULL;
    String number = isFull ? "4" : "1";
    String millis = String.valueOf((isFull ? WARMING : WARMING_WHEN_QUICK).toMillis());
    for (int round = 0; round < (isFull ? 2 : 1); round++) {
      for (Engine engine : ENGINES) {
        List<String> lines = attempts.lines(
            engine.title(),
            (directory, ignored) -> Child.java(
                engine.options(),
                ThreadsProcess.class,
                engine.name(),
                directory.toString(),
                number,
                millis));
        add(engine.title(), lines, samples);
      }
      add(PythonPeers.DISKCACHE.title(), python(number, millis), samples);
    }
    return samples.measurements();
  }

  private List<String> python(String samples, String millis)
      throws IOException, InterruptedException {
    return attempts.lines(
        PythonPeers.DISKCACHE.title(),
        (directory, number) -> PythonPeers.DISKCACHE.start(
            "threads",
            directory.toString(),
            String.valueOf(GrowingProcess.SIZE),
            String.valueOf(ThreadsProcess.ENTRIES),
            samples,
            String.valueOf(ThreadsProcess.STORES),
            String.valueOf(ThreadsProcess.HITS),
            millis));
  }

  private static void add(String peer, List<String> lines, Samples samples) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      samples.add(name(words[0], peer), "µs", Double.parseDouble(words[1]));
    }
  }
}
