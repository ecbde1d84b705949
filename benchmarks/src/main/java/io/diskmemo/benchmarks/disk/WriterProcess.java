package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Pause;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;

/**
 * Stores documents at a steady rate until it is told to end, and fails if some were not stored. Prints
 * the rate that it reached: {@code rate 99.8}, in stores for each second.
 */
final class WriterProcess {
  private static final int FROM = 1_000_000;

  private WriterProcess() {}

  /** Engine, directory, stores in a second or {@code flat}, size. Prints a line when it begins. */
  public static void main(String[] arguments) throws Exception {
    int size = Integer.parseInt(arguments[3]);
    long pause = arguments[2].equals("flat") ? 0 : 1_000_000_000L / Integer.parseInt(arguments[2]);
    try (Peer peer =
        Engine.valueOf(arguments[0]).open(Path.of(arguments[1]), size, Integer.MAX_VALUE)) {
      peer.put(FROM);
      System.out.println("begun");
      long begun = System.nanoTime();
      long next = begun;
      int id = FROM + 1;
      while (System.in.available() == 0) {
        peer.put(id++);
        next += pause;
        Pause.until(next);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      peer.require(0, id - FROM);
      System.out.println("rate " + (id - FROM - 1) / seconds);
    }
    System.exit(0); // some leave threads behind
  }
}
