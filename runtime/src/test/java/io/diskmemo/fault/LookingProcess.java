package io.diskmemo.fault;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;

/** A process that suspects the kind {@code default} of damage, while a read may fail. */
final class LookingProcess {
  private LookingProcess() {}

  /** Argument: the directory. */
  public static void main(String[] arguments) {
    try (KindStore store = TestLimits.ample().open(Path.of(arguments[0]), new TestClock())) {
      boolean suspected = store.isDamaged();
      System.err.println(suspected + ", revived " + store.reviveIfDamaged());
    } catch (DiskException e) {
      System.err.println("the disk failed: " + e);
    }
    System.out.println("looked");
  }
}
