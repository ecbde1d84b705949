package io.diskmemo.benchmarks.coordination;

import io.diskmemo.DiskMemo;
import io.diskmemo.Held;
import io.diskmemo.ProcessLock;
import io.diskmemo.benchmarks.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A process that does what it is told, and answers with a line of numbers.
 *
 * <pre>
 * slowly &lt;number&gt; &lt;millis&gt;     calls the method; says how often it computed and the processor time
 *                              of the process meanwhile, in ns
 * idle &lt;millis&gt;              does nothing so long; says the same
 * lock &lt;threads&gt; &lt;times&gt;     takes the lock so often, all threads together; says the tokens
 * </pre>
 */
final class Participant {
  private final DiskMemo memo;
  private final Cold cold;

  private Participant(DiskMemo memo) {
    this.memo = memo;
    this.cold = new MemoizedCold(memo);
  }

  /** A directory. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DiskMemo memo = DiskMemo.open(Path.of(arguments[0]))) {
      Participant participant = new Participant(memo);
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(participant.answer(line.split(" ", -1)));
      }
    }
  }

  private String answer(String[] words) throws Exception {
    long cpu = cpuNanos();
    int first = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "slowly" -> cold.slowly(first, Integer.parseInt(words[2]));
      case "idle" -> Pause.of(Duration.ofMillis(first));
      case "lock" -> {
        return tokens(first, Integer.parseInt(words[2]));
      }
      default -> throw new IOException(words[0]);
    }
    return Cold.computed() + " " + (cpuNanos() - cpu);
  }

  /** The system counts in hundredths of a second. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  /** Of all threads, which take the lock until that many were had. */
  private String tokens(int threads, int times) throws Exception {
    AtomicInteger left = new AtomicInteger(times);
    Callable<List<Long>> taking = () -> {
      ProcessLock lock = memo.lock("fair");
      List<Long> tokens = new ArrayList<>();
      while (left.getAndDecrement() > 0) {
        try (Held held = lock.lock()) {
          tokens.add(held.token());
        }
      }
      return tokens;
    };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Long> all = new ArrayList<>();
    try {
      List<Future<List<Long>>> begun = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        begun.add(pool.submit(taking));
      }
      for (Future<List<Long>> future : begun) {
        all.addAll(future.get());
      }
    } finally {
      pool.shutdown();
    }
    return all.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
