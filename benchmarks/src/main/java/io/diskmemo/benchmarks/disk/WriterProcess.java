package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Stores documents at a steady rate until it is killed. */
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
      long next = System.nanoTime();
      for (int id = FROM + 1; id < Integer.MAX_VALUE; id++) {
        peer.put(id);
        next += pause;
        for (long rest = next - System.nanoTime();
            rest > 0 && pause > 0;
            rest = next - System.nanoTime()) {
          LockSupport.parkNanos(rest);
        }
      }
    }
  }
}
