package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores by batches, and hits and stores by several threads, which share one connection of bare SQLite. */
final class ThreadsProcess {
  /** Entries in a batch. */
  static final int BATCH = 1000;

  private static final int[] THREADS = {1, 2, 8, 64};
  private static final int STORES = 2048;
  private static final int HITS = 16_384;
  private static final int STRIDE = 7919;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger();
  private final Peer peer;
  private final boolean isForOneThread;
  private final int samples;
  private int filled;
  private long hits;
  private long stores;

  private ThreadsProcess(Peer peer, boolean isForOneThread, int samples) {
    this.peer = peer;
    this.isForOneThread = isForOneThread;
    this.samples = samples;
  }

  /** Engine, directory, samples, milliseconds of warming up at least. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    try (Peer peer = engine.open(Path.of(arguments[1]), GrowingProcess.SIZE, Integer.MAX_VALUE)) {
      ThreadsProcess process =
          new ThreadsProcess(peer, engine == Engine.SQLITE, Integer.parseInt(arguments[2]));
      process.warm(Duration.ofMillis(Long.parseLong(arguments[3])));
      process.measure(true);
    }
    System.exit(0); // some leave threads behind
  }

  private interface Operation {
    void run() throws Exception;
  }

  /** With all that is measured, for as long as HotSpot needs to compile it. */
  private void warm(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    do {
      measure(false);
    } while (System.nanoTime() < end);
  }

  private void measure(boolean isPrinted) throws Exception {
    batches(isPrinted);
    filled = next.get();
    for (int threads : THREADS) {
      stores += (long) samples * STORES;
      threads("stores", threads, STORES, this::put, isPrinted);
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
          all.add(threads.submit(() -> repeat(operations / count, operation)));
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

  private static boolean repeat(int count, Operation operation) throws Exception {
    for (int i = 0; i < count; i++) {
      operation.run();
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

  private void get() throws Exception {
    int id = (int) ((long) wanted.getAndIncrement() * STRIDE % filled);
    if (found(id).id() != id) {
      throw new IllegalStateException(id + " is another");
    }
  }

  private Document found(int id) throws Exception {
    if (isForOneThread) {
      synchronized (peer) {
        return peer.get(id);
      }
    }
    return peer.get(id);
  }
}
