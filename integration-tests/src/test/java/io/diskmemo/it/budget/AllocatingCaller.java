package io.diskmemo.it.budget;

import com.sun.management.ThreadMXBean;
import io.diskmemo.DiskMemo;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Prints what hits in memory and on disk allocate, in a JVM of its own. */
final class AllocatingCaller {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What the last call returned, so that no compiler leaves it out. */
  private static Object last = "";

  private final MemoizedPriced priced;
  private final Path file;
  private final int calls;

  private AllocatingCaller(MemoizedPriced priced, Path file, int calls) {
    this.priced = priced;
    this.file = file;
    this.calls = calls;
  }

  /** Directory, file, how many calls beforehand, how many are measured. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[1]);
    try (DiskMemo memo = Stores.open(Path.of(arguments[0]))) {
      MemoizedPriced priced = new MemoizedPriced(memo);
      for (Call call : Call.values()) {
        new AllocatingCaller(priced, file, Integer.parseInt(arguments[2])).bytes(call);
        long bytes = new AllocatingCaller(priced, file, Integer.parseInt(arguments[3])).bytes(call);
        System.out.println(call + " " + (double) bytes / Integer.parseInt(arguments[3]));
      }
    }
    if (last.equals("")) {
      throw new IllegalStateException("nothing was called");
    }
  }

  private long bytes(Call call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      last = call.make(priced, i % Call.KEYS, file);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
