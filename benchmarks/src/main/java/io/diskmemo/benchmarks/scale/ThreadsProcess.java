package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Path;
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

  private ThreadsProcess(Peer peer, boolean isForOneThread, int samples) {
    this.peer = peer;
    this.isForOneThread = isForOneThread;
    this.samples = samples;
  }

  /** Engine, directory, samples. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    try (Peer peer = engine.open(Path.of(arguments[1]), GrowingProcess.SIZE, Integer.MAX_VALUE)) {
      ThreadsProcess process =
          new ThreadsProcess(peer, engine == Engine.SQLITE, Integer.parseInt(arguments[2]));
      process.batches();
      for (int threads : THREADS) {
        process.threads("stores", threads, STORES, process::put);
        process.threads("hits", threads, HITS, process::get);
      }
    }
    System.exit(0); // some leave threads behind
  }

  private interface Operation {
    void run() throws Exception;
  }

  private void batches() throws Exception {
    for (int i = -samples; i < samples; i++) {
      int from = next.getAndAdd(BATCH);
      long begun = System.nanoTime();
      peer.fill(from, from + BATCH);
      if (i >= 0) {
        System.out.println("batch " + (System.nanoTime() - begun) / 1e3 / BATCH);
      }
    }
  }

  private void threads(String what, int count, int operations, Operation operation)
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
        double micros = (System.nanoTime() - begun) / 1e3;
        System.out.println(what + "-" + count + " " + micros / operations);
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
    int id = (int) ((long) wanted.getAndIncrement() * STRIDE % ((long) BATCH * samples));
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
