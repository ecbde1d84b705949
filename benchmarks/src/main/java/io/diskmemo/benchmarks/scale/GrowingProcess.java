package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Fills a store further and further, and measures hits and stores on the way. Prints samples when they
 * are known to be good, so that they count if it is ended later.
 */
final class GrowingProcess {
  /** Of the text of each document. */
  static final int SIZE = 200;

  /** What is filled further is measured by one process only, and the others by two. */
  static final int MOST_TWICE = 100_000;

  private static final int SAMPLES = 8;
  private static final int HITS = 10_000;
  private static final int STORES = 500;

  /** Some engines fix their room before. */
  private static final int MOST_WHILE_WARMING = 2_000_000;

  /** A prime, so that steps of it meet all entries. */
  private static final int STRIDE = 7_368_787;

  private final Peer peer;

  /** Of the next that is wanted, so that none is wanted again before all others were. */
  private long wanted;

  /** Entries from the first on, without a gap. */
  private int there;

  private GrowingProcess(Peer peer) {
    this.peer = peer;
  }

  /** Engine, directory, milliseconds of warming up hits and as many of stores, numbers of entries. */
  public static void main(String[] arguments) throws Exception {
    int most = Integer.parseInt(arguments[arguments.length - 1]);
    Engine engine = Engine.valueOf(arguments[0]);
    Path directory = Path.of(arguments[1]);
    warm(engine, directory.resolve("warming"), arguments);
    try (Peer peer = engine.open(directory, SIZE, 2 * most)) {
      GrowingProcess process = new GrowingProcess(peer);
      for (int i = 3; i < arguments.length; i++) {
        process.measure(Integer.parseInt(arguments[i]));
      }
    }
    System.exit(0); // some leave threads behind
  }

  /** In a store of its own, because as many as are stored meanwhile are more than the first size has. */
  private static void warm(Engine engine, Path directory, String[] arguments) throws Exception {
    Files.createDirectories(directory);
    try (Peer peer = engine.open(directory, SIZE, MOST_WHILE_WARMING)) {
      GrowingProcess process = new GrowingProcess(peer);
      process.fill(Integer.parseInt(arguments[3]));
      process.warm(Duration.ofMillis(Long.parseLong(arguments[2])));
    }
    Directories.delete(directory);
  }

  private void measure(int entries) throws Exception {
    fill(entries);
    hits(entries);
    stores(entries);
    maintenance(entries);
  }

  private void fill(int entries) throws Exception {
    int from = there;
    peer.fill(from, entries);
    there = entries;
    peer.require(0, there - from);
    peer.settle();
  }

  private void warm(Duration length) throws Exception {
    int hits = 0;
    for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; hits++) {
      find();
    }
    int from = there;
    for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
      peer.put(there++);
    }
    peer.require(hits, there - from);
  }

  private void find() throws Exception {
    int id = (int) (wanted++ * STRIDE % there);
    Document document = peer.get(id);
    if (document.id() != id) {
      throw new IllegalStateException(id + " is " + document.id());
    }
  }

  private void hits(int entries) throws Exception {
    double[] micros = new double[samples(entries)];
    for (int sample = 0; sample < micros.length; sample++) {
      long begun = System.nanoTime();
      for (int i = 0; i < HITS; i++) {
        find();
      }
      micros[sample] = (System.nanoTime() - begun) / 1e3 / HITS;
    }
    peer.require((long) micros.length * HITS, 0);
    print("hit", entries, micros);
  }

  private void stores(int entries) throws Exception {
    double[] micros = new double[samples(entries)];
    for (int sample = 0; sample < micros.length; sample++) {
      long begun = System.nanoTime();
      for (int i = 0; i < STORES; i++) {
        peer.put(there++);
      }
      micros[sample] = (System.nanoTime() - begun) / 1e3 / STORES;
    }
    peer.require(0, (long) micros.length * STORES);
    print("store", entries, micros);
  }

  private static int samples(int entries) {
    return entries > MOST_TWICE ? SAMPLES : SAMPLES / 2;
  }

  private static void print(String what, int entries, double[] micros) {
    for (double one : micros) {
      System.out.println(what + " " + entries + " " + one);
    }
  }

  private void maintenance(int entries) throws Exception {
    long begun = System.nanoTime();
    if (peer.maintain()) {
      System.out.println("maintenance " + entries + " " + (System.nanoTime() - begun) / 1e6);
    }
  }
}
