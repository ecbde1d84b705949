package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;

/** Fills a store further and further, and measures hits and stores on the way. */
final class GrowingProcess {
  /** Of the text of each document. */
  static final int SIZE = 200;

  private static final int SAMPLES = 8;
  private static final int HITS = 10_000;
  private static final int STORES = 500;
  private static final int STRIDE = 7_368_787;

  private GrowingProcess() {}

  /** Engine, directory, numbers of entries. */
  public static void main(String[] arguments) throws Exception {
    int most = Integer.parseInt(arguments[arguments.length - 1]);
    try (Peer peer = Engine.valueOf(arguments[0]).open(Path.of(arguments[1]), SIZE, 2 * most)) {
      int there = 0;
      for (int i = 2; i < arguments.length; i++) {
        int entries = Integer.parseInt(arguments[i]);
        peer.fill(there, entries);
        hits(peer, entries, false);
        hits(peer, entries, true);
        stores(peer, entries);
        maintenance(peer, entries);
        there = entries + SAMPLES * STORES;
      }
    }
    System.exit(0); // some leave threads behind
  }

  private static void hits(Peer peer, int entries, boolean print) throws Exception {
    for (int sample = 0; sample < SAMPLES; sample++) {
      long begun = System.nanoTime();
      for (int i = 0; i < HITS; i++) {
        int id = (int) ((long) (sample * HITS + i) * STRIDE % entries);
        Document document = peer.get(id);
        if (document.id() != id) {
          throw new IllegalStateException(id + " is " + document.id());
        }
      }
      if (print) {
        System.out.println("hit " + entries + " " + (System.nanoTime() - begun) / 1e3 / HITS);
      }
    }
  }

  private static void maintenance(Peer peer, int entries) throws Exception {
    long begun = System.nanoTime();
    if (peer.maintain()) {
      System.out.println("maintenance " + entries + " " + (System.nanoTime() - begun) / 1e6);
    }
  }

  private static void stores(Peer peer, int entries) throws Exception {
    int id = entries;
    for (int sample = 0; sample < SAMPLES; sample++) {
      long begun = System.nanoTime();
      for (int i = 0; i < STORES; i++) {
        peer.put(id++);
      }
      System.out.println("store " + entries + " " + (System.nanoTime() - begun) / 1e3 / STORES);
    }
  }
}
