package io.diskmemo.it;

import io.diskmemo.DiskMemo;
import io.diskmemo.Stats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What came of calling everything with and without memoization.
 *
 * @param calls how many
 * @param differences the methods whose results differed
 * @param stats of the store
 */
record Run(long calls, List<String> differences, Stats stats) {

  static Run on(Path store, long seed) {
    Libraries plain = Libraries.plain();
    long calls = 0;
    List<String> differences = new ArrayList<>();
    try (DiskMemo memo = DiskMemo.open(store)) {
      Libraries memoized = Libraries.memoized(memo);
      for (Map.Entry<String, List<Function<Libraries, Object>>> method :
          Workload.of(seed).entrySet()) {
        for (Function<Libraries, Object> call : method.getValue()) {
          calls++;
          if (!Same.are(call.apply(plain), call.apply(memoized))) {
            differences.add(method.getKey());
          }
        }
      }
      return new Run(calls, differences, memo.kind("default").stats());
    }
  }

  /** Prints the run, in a JVM of its own. */
  public static void main(String[] arguments) {
    Run run = on(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println("calls=" + run.calls());
    System.out.println("differences=" + run.differences());
    System.out.println("computations=" + run.stats().computations());
    System.out.println("hits=" + run.stats().hits());
    System.out.println("disk hits=" + run.stats().diskHits());
  }
}
