package io.diskmemo.examples.census;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must be true of a run, worked out from the files alone. */
final class Checks {
  private final SourceTree tree;
  private final String changed;
  private final String evicted;

  /**
   * Checks for one demo.
   *
   * @param changed library of the file that is changed
   * @param evicted library whose entries are evicted
   */
  Checks(SourceTree tree, String changed, String evicted) {
    this.tree = tree;
    this.changed = known(changed);
    this.evicted = known(evicted);
  }

  private String known(String library) {
    if (!tree.libraries().contains(library)) {
      throw new IllegalArgumentException("no library " + library + " in " + tree.libraries());
    }
    return library;
  }

  /** What is wrong with how often a run parsed; empty if nothing is. */
  List<String> ofCounts(Run run, SortedMap<String, Long> computations) throws IOException {
    List<String> problems = new ArrayList<>();
    SortedMap<String, Long> expected = expectedComputations(run.stage());
    if (!computations.equals(expected)) {
      problems.add(run.stage() + ": parsed " + computations + ", expected " + expected);
    }
    if (run.memoryHits() + run.diskHits() + run.computations() != tree.size()) {
      problems.add(run.stage() + ": hits and computations are not " + tree.size() + ": " + run);
    }
    return problems;
  }

  private SortedMap<String, Long> expectedComputations(Stage stage) throws IOException {
    SortedMap<String, Long> expected = new TreeMap<>();
    for (String library : tree.libraries()) {
      expected.put(library, expectedComputations(stage, library));
    }
    return expected;
  }

  private long expectedComputations(Stage stage, String library) throws IOException {
    return switch (stage) {
      case COLD -> tree.distinctContents(library);
      case WARM -> 0;
      case CHANGED -> library.equals(changed) ? 1 : 0;
      case EVICTED -> library.equals(evicted) ? tree.distinctContents(library) : 0;
    };
  }

  /** What is wrong with the metrics of a run, given those of the run before; empty if nothing is. */
  List<String> ofMetrics(Run run, Run before) {
    boolean right = run.stage() == Stage.CHANGED
        ? run.types() == before.types() + 1
        : run.metricsHash() == before.metricsHash();
    return right ? List.of() : List.of(run.stage() + ": not the metrics of before: " + run);
  }
}
