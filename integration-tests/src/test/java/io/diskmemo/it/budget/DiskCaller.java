package io.diskmemo.it.budget;

import io.diskmemo.DiskMemo;
import java.nio.file.Path;

/** Calls a method whose results only the disk keeps, in a JVM of its own. */
final class DiskCaller {
  private DiskCaller() {}

  /** Directory, first argument, how many from there, how often all of them. */
  public static void main(String[] arguments) {
    int from = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    try (DiskMemo memo = Stores.open(Path.of(arguments[0]))) {
      MemoizedPriced priced = new MemoizedPriced(memo);
      for (int i = 0; i < rounds * count; i++) {
        priced.onDisk("NZ", from + i % count);
      }
      System.out.println(memo.kind("disk").stats().diskHits() + " hits");
      System.out.println(memo.kind("disk").stats().computations() + " computations");
    }
  }
}
