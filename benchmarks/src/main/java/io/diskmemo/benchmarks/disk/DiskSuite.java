package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hits on disk and stores of documents of one size, by each store in a process of its own. */
public final class DiskSuite implements Suite {
  private static final int SMALLEST = 200;
  private static final double MOST_OF_SQLITE_HIT = 1.5;
  private static final double MOST_OF_SQLITE_STORE = 1.3;

  private final String sizeName;
  private final int size;
  private final Attempts attempts = new Attempts();

  /**
   * Nothing was measured yet.
   *
   * @param sizeName as the title has it
   * @param size of the text of each document
   */
  public DiskSuite(String sizeName, int size) {
    this.sizeName = sizeName;
    this.size = size;
  }

  @Override
  public String title() {
    return "Disk: " + sizeName;
  }

  @Override
  public String explanation() {
    Load load = Load.of(size, Effort.FULL);
    String what = "A document of a number and a text of " + sizeName + "; "
        + String.format(
            Locale.ROOT, "%,d entries are there before. Nobody else writes.", load.entries());
    return size == SMALLEST ? what + " " + promises() : what + " Settings as above.";
  }

  private static String promises() {
    StringBuilder rows =
        new StringBuilder("Each store in a JVM of its own, all in turns. A hit is a"
            + " call that returns the document, a store one that keeps it and returns. Stores of bytes"
            + " are given them by our generated codec, which is the fastest here; so nobody pays for"
            + " Java serialization. Hits warm up before they are measured, and stores as long, in another"
            + " store; those in Python too. Ours also computes a digest of its arguments, a checksum and a"
            + " lease for each store. In Python, the whole loop is timed there. Sizes are of all files"
            + " after the store was closed, for each entry; Redis keeps none."
            + " Heap is what is reachable after the hits and"
            + " stores and was not before the store was opened, with classes' own; descriptors"
            + " likewise. Memory outside of the heap (pages of SQLite, blocks and tables of RocksDB, maps of"
            + " files) and Redis's server are not in it. Not every store"
            + " promises the same:\n\n"
            + "| store | processes | kept after a kill | tags | damage is seen by | set as |\n"
            + "| --- | --- | --- | --- | --- | --- |\n");
    for (Engine engine : Engine.values()) {
      rows.append(engine.row());
    }
    for (PythonPeers peer : PythonPeers.values()) {
      rows.append(peer.row());
    }
    return rows.toString();
  }

  @Override
  public List<Aim> aims() {
    String ours = Engine.DISKMEMO.title();
    String sqlite = Engine.SQLITE.title();
    List<Aim> aims = new ArrayList<>();
    aims.add(
        size == SMALLEST
            ? new Aim("hit: " + ours, "hit: " + sqlite, MOST_OF_SQLITE_HIT)
            : Aim.none("hit: " + ours, "hit: " + sqlite));
    aims.add(
        size == SMALLEST
            ? new Aim("store: " + ours, "store: " + sqlite, MOST_OF_SQLITE_STORE)
            : Aim.none("store: " + ours, "store: " + sqlite));
    for (String peer :
        List.of(Engine.FILES.title(), Engine.EHCACHE.title(), PythonPeers.DISKCACHE.title())) {
      aims.add(new Aim("hit: " + ours, "hit: " + peer, 1));
    }
    return aims;
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Printed samples = new Printed();
    Load load = Load.of(size, effort);
    for (int round = 0; round < rounds(effort); round++) {
      for (Engine engine : Engine.values()) {
        List<String> lines = attempts.lines(
            engine.title(),
            (directory, number) -> Child.java(
                engine.options(),
                PeerProcess.class,
                load.arguments(engine.name(), directory.toString(), "0")));
        samples.add(
            engine.title(),
            engine == Engine.REDIS
                ? lines.stream()
                    .filter(line -> !line.startsWith("size"))
                    .toList() // of its log file
                : lines);
      }
      for (PythonPeers peer : PythonPeers.values()) {
        samples.add(
            peer.title(),
            attempts.lines(
                peer.title(),
                (directory, number) ->
                    peer.start(load.arguments("measure", directory.toString()))));
      }
    }
    return samples.measurements();
  }

  /** More for the size that has aims. */
  private int rounds(Effort effort) {
    return effort == Effort.FULL && size == SMALLEST ? 2 : 1;
  }
}
