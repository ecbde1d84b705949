package io.diskmemo.multiprocess;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process that pushes to a work list or takes from it, and says what. */
final class WorkListProcess {
  static final String END = "end";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private WorkListProcess() {}

  /** Arguments: directory, what to do, a name, how often. */
  public static void main(String[] arguments) throws InterruptedException {
    try (DiskMemo memo = Stores.open(Path.of(arguments[0]))) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      PersistentMap<String, Integer> counts = memo.map("counts", String.class, Integer.class);
      System.out.println("open");
      int times = Integer.parseInt(arguments[3]);
      switch (arguments[1]) {
        case "push" -> push(jobs, counts, arguments[2], times);
        case "take" -> take(jobs, counts);
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  private static void push(
      PersistentDeque<String> jobs, PersistentMap<String, Integer> counts, String name, int times) {
    for (int i = 0; i < times; i++) {
      String job = name + "-" + i;
      if (i % 3 == 0) {
        jobs.addFirst(job);
      } else {
        jobs.add(job);
      }
      counts.merge("pushed", 1, Integer::sum);
      System.out.println("pushed " + job);
    }
  }

  private static void take(PersistentDeque<String> jobs, PersistentMap<String, Integer> counts)
      throws InterruptedException {
    while (true) {
      Optional<String> job = jobs.takeFirst(PATIENCE);
      if (job.isEmpty() || job.get().equals(END)) {
        return;
      }
      counts.compute("taken", (key, count) -> count == null ? 1 : count + 1);
      System.out.println("took " + job.get());
    }
  }
}
