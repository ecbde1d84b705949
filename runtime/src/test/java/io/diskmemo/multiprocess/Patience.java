package io.diskmemo.multiprocess;

import io.diskmemo.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one place where tests let time pass. */
public final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(2);

  private Patience() {}

  /** Looks again and again until something holds. */
  public static void until(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + Threads.LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not after " + Threads.LIMIT + ": " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Lets a moment pass whose length does not matter, so that something comes at another time. */
  public static void moment(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long rest = length.toNanos(); rest > 0; rest = end - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }
}
