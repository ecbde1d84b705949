package io.diskmemo.it.budget;

import io.diskmemo.DiskMemo;
import io.diskmemo.Stats;
import java.nio.file.Path;

/** What a program does until its first call has returned. */
final class FirstHit {
  private FirstHit() {}

  /** Directory, and whether the call is {@code computed} or a {@code hit}. */
  public static void main(String[] arguments) {
    try (DiskMemo memo = DiskMemo.open(Path.of(arguments[0]))) {
      new MemoizedPriced(memo).ofStringAndInt("NZ", 1);
      Stats stats = memo.kind("default").stats();
      if (stats.diskHits() != (arguments[1].equals("hit") ? 1 : 0)) {
        throw new IllegalStateException("not " + arguments[1]);
      }
    }
  }
}
