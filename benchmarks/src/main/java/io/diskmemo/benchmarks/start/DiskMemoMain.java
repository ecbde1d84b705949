package io.diskmemo.benchmarks.start;

import io.diskmemo.DiskMemo;
import java.nio.file.Path;

/** Opens a store and calls a method, whose result is there but for the first time. */
final class DiskMemoMain {
  private DiskMemoMain() {}

  /** Directory. */
  public static void main(String[] arguments) {
    try (DiskMemo memo = DiskMemo.open(Path.of(arguments[0]))) {
      if (new MemoizedGreeter(memo).greet("Ann", 1).number() != 1) {
        throw new IllegalStateException("not the result");
      }
      System.out.println(Greeter.isComputed() ? "computed" : "hit");
    }
  }
}
