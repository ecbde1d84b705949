package io.diskmemo.benchmarks.coordination;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who had a lock when, of several that all want it all the time. */
final class Fairness {
  private final List<Integer> order;
  private final int processes;

  /**
   * Looked at until the first process has had it as often as it wanted.
   *
   * @param tokens of each process; they grow from each holder to the next
   */
  Fairness(List<long[]> tokens) {
    processes = tokens.size();
    long end = tokens.stream()
        .mapToLong(own -> Arrays.stream(own).max().orElse(0))
        .min()
        .orElse(0);
    Map<Long, Integer> holders = new TreeMap<>();
    for (int i = 0; i < processes; i++) {
      int process = i;
      Arrays.stream(tokens.get(i))
          .filter(token -> token <= end)
          .forEach(token -> holders.put(token, process));
    }
    order = List.copyOf(holders.values());
  }

  private double share(int process) {
    return 100.0 * order.stream().filter(holder -> holder == process).count() / order.size();
  }

  /** Percent. */
  double[] shares() {
    double[] shares = new double[processes];
    Arrays.setAll(shares, this::share);
    return shares;
  }

  /** Most times in a row that one process had it. */
  int longestRun() {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < order.size(); i++) {
      run = i > 0 && order.get(i).equals(order.get(i - 1)) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
