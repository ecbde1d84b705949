package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/** One of the processes that use a store at the same time. Does what it is told, line by line. */
final class SharingProcess {
  /** Entries that the first process puts before the others begin. */
  static final int ENTRIES = 10_000;

  /** Far more than one process stores. */
  private static final int EACH = 10_000_000;

  private static final int STRIDE = 7919;

  private SharingProcess() {}

  private interface Operation {
    void of(int id) throws Exception;
  }

  /**
   * Engine, directory, number of this process, which is 0 for the one that fills the store. Prints a
   * line when it is ready; then for each line, {@code hits} or {@code stores} and milliseconds, how
   * many it did and how many nanoseconds that took.
   */
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[2]);
    try (Peer peer = Engine.valueOf(arguments[0])
        .open(Path.of(arguments[1]), GrowingProcess.SIZE, 100 * ENTRIES)) {
      if (number == 0) {
        peer.fill(0, ENTRIES);
        peer.require(0, ENTRIES);
      }
      System.out.println("ready");
      obey(peer, EACH * (number + 1));
    }
    System.exit(0); // some leave threads behind
  }

  private static void obey(Peer peer, int first) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int fresh = first;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int millis = Integer.parseInt(words[1]);
      if (words[0].equals("stores")) {
        int from = fresh;
        Repeated puts = repeat(millis, i -> from + i, peer::put);
        fresh += puts.count();
        peer.require(0, puts.count());
        puts.print();
      } else {
        Repeated gets = repeat(millis, SharingProcess::existing, id -> find(peer, id));
        peer.require(gets.count(), 0);
        gets.print();
      }
    }
  }

  private static int existing(int i) {
    return (int) ((long) i * STRIDE % ENTRIES);
  }

  private static void find(Peer peer, int id) throws Exception {
    if (peer.get(id).id() != id) {
      throw new IOException(id + " is another");
    }
  }

  private record Repeated(int count, long nanos) {
    void print() {
      System.out.println(count + " " + nanos);
    }
  }

  /** Once at least. */
  private static Repeated repeat(int millis, IntUnaryOperator ids, Operation operation)
      throws Exception {
    long begun = System.nanoTime();
    long wanted = millis * 1_000_000L;
    int done = 0;
    long nanos;
    do {
      operation.of(ids.applyAsInt(done));
      done++;
      nanos = System.nanoTime() - begun;
    } while (nanos < wanted);
    return new Repeated(done, nanos);
  }
}
