package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores by batches, and hits and stores by several threads. Of bare SQLite each thread that reads has a
 * connection of its own, and those that write share one.
 */
final class ThreadsProcess implements AutoCloseable {
  /** Entries in a batch. */
  static final int BATCH = 1000;

  /** Entries that are there before anything is measured, of which all hits are. */
  static final int ENTRIES = 20_000;

  /** Of one sample, by all threads together. */
  static final int STORES = 2048;

  /** Of one sample, by all threads together. */
  static final int HITS = 16_384;

  private static final int[] THREADS = {1, 2, 8, 64};
  private static final int MOST_THREADS = 64;
  private static final int STRIDE = 7919;

  /** Some engines fix their room before. */
  private static final int MOST_WHILE_WARMING = 2_000_000;

  private final AtomicInteger next = new AtomicInteger(ENTRIES);
  private final AtomicInteger wanted = new AtomicInteger();
  private final Peer peer;
  private final List<Peer> readers = new ArrayList<>();
  private final boolean isForOneThread;
  private final int samples;
  private long hits;
  private long stores;

  /** A store with the entries that are there before. */
  private ThreadsProcess(Engine engine, Path directory, int samples, int most) throws Exception {
    Files.createDirectories(directory);
    this.peer = engine.open(directory, GrowingProcess.SIZE, most);
    this.isForOneThread = engine == Engine.SQLITE;
    this.samples = samples;
    peer.fill(0, ENTRIES);
    peer.require(0, ENTRIES);
    for (int i = 0; isForOneThread && i < MOST_THREADS; i++) {
      readers.add(engine.open(directory, GrowingProcess.SIZE, most));
    }
  }

  /** Engine, directory, samples, milliseconds of warming up at least. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    Path directory = Path.of(arguments[1]);
    int samples = Integer.parseInt(arguments[2]);
    Path warming = directory.resolve("warming");
    try (ThreadsProcess process = new ThreadsProcess(engine, warming, 1, MOST_WHILE_WARMING)) {
      process.warm(Duration.ofMillis(Long.parseLong(arguments[3])));
    }
    Directories.delete(warming);
    int most = ENTRIES + samples * (BATCH + THREADS.length * STORES);
    try (ThreadsProcess process =
        new ThreadsProcess(engine, directory.resolve("measured"), samples, most)) {
      process.measure(true);
    }
    System.exit(0); // some leave threads behind
  }

  private interface Operation {
    void run(int thread) throws Exception;
  }

  /** With all that is measured, for as long as HotSpot needs to compile it. */
  private void warm(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    do {
      measure(false);
    } while (System.nanoTime() < end && next.get() < MOST_WHILE_WARMING / 2);
  }

  private void measure(boolean isPrinted) throws Exception {
    batches(isPrinted);
    for (int threads : THREADS) {
      stores += (long) samples * STORES;
      threads("stores", threads, STORES, thread -> put(), isPrinted);
      peer.settle();
      hits += (long) samples * HITS;
      threads("hits", threads, HITS, this::get, isPrinted);
    }
    peer.require(hits, stores);
    hits = 0;
    stores = 0;
  }

  private void batches(boolean isPrinted) throws Exception {
    for (int i = 0; i < samples; i++) {
      int from = next.getAndAdd(BATCH);
      long begun = System.nanoTime();
      peer.fill(from, from + BATCH);
      print(isPrinted, "batch", System.nanoTime() - begun, BATCH);
    }
    stores += (long) samples * BATCH;
  }

  private static void print(boolean isPrinted, String what, long nanos, int operations) {
    if (isPrinted) {
      System.out.println(what + " " + nanos / 1e3 / operations);
    }
  }

  private void threads(
      String what, int count, int operations, Operation operation, boolean isPrinted)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      for (int i = 0; i < samples; i++) {
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < count; thread++) {
          int number = thread;
          all.add(threads.submit(() -> repeat(operations / count, number, operation)));
        }
        for (Future<?> one : all) {
          one.get();
        }
        print(isPrinted, what + "-" + count, System.nanoTime() - begun, operations);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static boolean repeat(int count, int thread, Operation operation) throws Exception {
    for (int i = 0; i < count; i++) {
      operation.run(thread);
    }
    return true;
  }

  private void put() throws Exception {
    int id = next.getAndIncrement();
    if (isForOneThread) {
      synchronized (peer) {
        peer.put(id);
      }
    } else {
      peer.put(id);
    }
  }

  private void get(int thread) throws Exception {
    int id = (int) ((long) wanted.getAndIncrement() * STRIDE % ENTRIES);
    Peer reader = isForOneThread ? readers.get(thread) : peer;
    if (reader.get(id).id() != id) {
      throw new IllegalStateException(id + " is another");
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Peer reader : readers) {
      reader.close();
    }
    peer.close();
  }
}
