package io.diskmemo.fault;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that sweeps the kind {@code default} once. */
final class Sweeper {
  private Sweeper() {}

  /** Arguments: directory. */
  public static void main(String[] arguments) {
    try (KindStore store = TestLimits.ample().open(Path.of(arguments[0]), InstantSource.system())) {
      System.out.println("swept " + store.sweep());
    }
  }
}
