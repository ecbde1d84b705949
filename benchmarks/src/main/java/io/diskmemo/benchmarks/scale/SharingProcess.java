package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Pause;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/** One of the processes that use a store at the same time. Does what it is told, line by line. */
final class SharingProcess {
  /** Entries that the first process puts before the others begin. */
  static final int ENTRIES = 10_000;

  /** Far more than one process stores. */
  private static final int EACH = 10_000_000;

  private static final int STRIDE = 7919;
  private static final int NO_END = Integer.MAX_VALUE;

  /** So that neither the disk fills up nor an engine whose room is fixed. */
  private static final int MOST_WHILE_WARMING = 20_000;

  private SharingProcess() {}

  private interface Operation {
    void of(int id) throws Exception;
  }

  /**
   * Engine, directory, number of this process, which is 0 for the one that fills the store. Prints a
   * line when it is ready; then for each line, {@code hits} or {@code stores} and milliseconds, how
   * many it did and how many nanoseconds that took. The same after {@code warm-}, where stores go to
   * another store.
   */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    Path directory = Path.of(arguments[1]);
    int number = Integer.parseInt(arguments[2]);
    try (Peer warming = opened(engine, directory.resolve("warming"));
        Peer peer = opened(engine, directory.resolve("measured"))) {
      if (number == 0) {
        peer.fill(0, ENTRIES);
        peer.require(0, ENTRIES);
      }
      System.out.println("ready");
      obey(peer, warming, EACH * (number + 1));
    }
    System.exit(0); // some leave threads behind
  }

  private static Peer opened(Engine engine, Path directory) throws Exception {
    Files.createDirectories(directory);
    return engine.open(directory, GrowingProcess.SIZE, 100 * ENTRIES);
  }

  private static void obey(Peer peer, Peer warming, int first) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int fresh = first;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int millis = Integer.parseInt(words[1]);
      int from = fresh;
      Repeated done = switch (words[0]) {
        case "stores" -> stored(peer, repeat(millis, NO_END, i -> from + i, peer::put));
        case "warm-stores" -> stored(warming, warm(millis, i -> from + i, warming::put));
        case "hits", "warm-hits" -> {
          Repeated gets = repeat(millis, NO_END, SharingProcess::existing, id -> find(peer, id));
          peer.require(gets.count(), 0);
          yield gets;
        }
        default -> throw new IOException(line + " is nothing that can be done");
      };
      fresh += words[0].endsWith("stores") ? done.count() : 0;
      done.print();
    }
  }

  private static Repeated stored(Peer peer, Repeated puts) {
    peer.require(0, puts.count());
    return puts;
  }

  /** When it has done enough, it leaves the processors to HotSpot's compilers. */
  private static Repeated warm(int millis, IntUnaryOperator ids, Operation operation)
      throws Exception {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    Repeated done = repeat(millis, MOST_WHILE_WARMING, ids, operation);
    Pause.until(end);
    return done;
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
  private static Repeated repeat(int millis, int most, IntUnaryOperator ids, Operation operation)
      throws Exception {
    long begun = System.nanoTime();
    long wanted = millis * 1_000_000L;
    int done = 0;
    long nanos;
    do {
      operation.of(ids.applyAsInt(done));
      done++;
      nanos = System.nanoTime() - begun;
    } while (nanos < wanted && done < most);
    return new Repeated(done, nanos);
  }
}
