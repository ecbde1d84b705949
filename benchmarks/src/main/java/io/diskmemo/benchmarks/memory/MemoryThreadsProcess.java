package io.diskmemo.benchmarks.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Hits in memory by several threads. What counts is the time from the start of the first to the end of the
 * last: where threads take turns, the sum of their rates would count the same processor more than once.
 */
final class MemoryThreadsProcess implements AutoCloseable {
  static final int[] THREADS = {1, 2, 8, 64};

  /** Of one sample, by all threads together. */
  static final int HITS = 1 << 22;

  private final MemoryBenchmark benchmark = new MemoryBenchmark();
  private final Hit hit;
  private final Closing closing;

  private interface Hit {
    @Nullable
    Object of(MemoryBenchmark.Ids ids);
  }

  private interface Closing {
    void close() throws IOException;
  }

  private MemoryThreadsProcess(String method) throws IOException {
    if (method.equals("stringAndIntForADay")) {
      MemoryBenchmark.Ours ours = new MemoryBenchmark.Ours();
      ours.fill(method);
      hit = ids -> benchmark.stringAndIntForADay(ours, ids);
      closing = () -> {
        ours.require();
        ours.remove();
      };
    } else {
      MemoryBenchmark.Bare bare = new MemoryBenchmark.Bare();
      hit = hit(method, bare);
      closing = () -> {};
    }
  }

  private Hit hit(String method, MemoryBenchmark.Bare bare) {
    return switch (method) {
      case "caffeineExpiring" -> ids -> benchmark.caffeineExpiring(bare, ids);
      case "map" -> ids -> benchmark.map(bare, ids);
      default -> throw new IllegalArgumentException(method);
    };
  }

  /** Benchmark, samples, milliseconds of warming up at least for each number of threads. */
  public static void main(String[] arguments) throws Exception {
    Duration warming = Duration.ofMillis(Long.parseLong(arguments[2]));
    try (MemoryThreadsProcess process = new MemoryThreadsProcess(arguments[0])) {
      for (int threads : THREADS) {
        process.warm(threads, warming);
      }
      for (int threads : THREADS) {
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
          System.out.println(threads + " " + process.nanosForEach(threads));
        }
      }
    }
    System.exit(0); // some leave threads behind
  }

  private void warm(int threads, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    do {
      nanosForEach(threads);
    } while (System.nanoTime() < end);
  }

  private double nanosForEach(int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> all = new ArrayList<>();
      long begun = System.nanoTime();
      for (int i = 0; i < count; i++) {
        all.add(threads.submit(() -> repeat(HITS / count)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return (double) (System.nanoTime() - begun) / HITS;
    } finally {
      threads.shutdown();
    }
  }

  private void repeat(int times) {
    MemoryBenchmark.Ids ids = new MemoryBenchmark.Ids();
    for (int i = 0; i < times; i++) {
      if (hit.of(ids) == null) {
        throw new IllegalStateException("not there");
      }
    }
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
