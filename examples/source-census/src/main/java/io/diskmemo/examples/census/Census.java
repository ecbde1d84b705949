package io.diskmemo.examples.census;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Stats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one pass over a tree of sources found, and what it cost.
 *
 * @param metrics of every file, by library, in the order of the tree
 * @param computations how many files were really parsed, by library
 * @param stats of the cache at the end of the pass
 * @param time from opening the store until it was closed again
 */
record Census(
    SortedMap<String, List<SourceMetrics>> metrics,
    SortedMap<String, Long> computations,
    Stats stats,
    Duration time) {

  /** Opens the store, asks for the metrics of every file in one thread, and closes the store. */
  static Census take(SourceTree tree, Path store) throws IOException {
    SortedMap<String, List<SourceMetrics>> metrics = new TreeMap<>();
    SortedMap<String, Long> computations = new TreeMap<>();
    Stats stats;
    long start = System.nanoTime();
    try (DiskMemo memo = DiskMemo.open(store)) {
      SourceParser parser = new MemoizedSourceParser(memo);
      KindCache kind = memo.kind("census");
      for (String library : tree.libraries()) {
        long before = kind.stats().computations();
        metrics.put(library, parse(parser, library, tree.files(library)));
        computations.put(library, kind.stats().computations() - before);
      }
      stats = kind.stats();
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new Census(metrics, computations, stats, time);
  }

  private static List<SourceMetrics> parse(SourceParser parser, String library, List<Path> files)
      throws IOException {
    List<SourceMetrics> metrics = new ArrayList<>();
    for (Path file : files) {
      metrics.add(parser.parse(library, file));
    }
    return metrics;
  }
}
