package io.diskmemo.it.budget;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import java.nio.file.Path;

/** Calls one method in ways that are told apart by marks, for a debugger to watch. */
final class StatementCaller {
  private StatementCaller() {}

  /** Directory. */
  public static void main(String[] arguments) {
    try (DiskMemo memo = Stores.openWithoutStatistics(Path.of(arguments[0]))) {
      MemoizedPriced priced = new MemoizedPriced(memo);
      priced.onDisk("NZ", 0); // the first of a method writes its row as well
      priced.onDisk("NZ", 0);
      mark("store");
      priced.onDisk("NZ", 1);
      mark("hit");
      priced.onDisk("NZ", 1);
      mark("batch");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < StatementsTest.BATCH; i++) {
          priced.onDisk("NZ", 10 + i);
        }
        mark("commit");
        batch.commit();
      }
      mark("memory");
      priced.ofInt(1);
      mark("hit in memory");
      priced.ofInt(1);
      mark("evict");
      priced.evictOnDisk("NZ", 1);
      mark("end");
    }
  }

  /** What follows belongs to it. */
  static void mark(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a mark has a name");
    }
  }
}
