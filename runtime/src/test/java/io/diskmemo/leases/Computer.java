package io.diskmemo.leases;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Stats;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process that computes texts when it is told, and writes down when each computation begins and
 * ends. Arguments: the store, the log, the time to live of leases and the length of computations in
 * milliseconds.
 *
 * <pre>
 * call &lt;name&gt; &lt;threads&gt;   threads that call at once; the text that all of them got
 * begin &lt;name&gt;            calls; says "computing" if it computes, and waits for "go"; then the text
 * fail &lt;name&gt;             the same, and fails
 * nest &lt;name&gt; &lt;other&gt;   computes a name, and when told "go" calls the other in it
 * evict &lt;name&gt;            evicts a tag
 * stats                    computations, alone, lost leases
 * loop &lt;names&gt;           calls names at random until it is killed
 * </pre>
 */
final class Computer {
  private final DiskMemo memo;
  private final MemoizedText texts;
  private final Path log;
  private final long bodyMillis;
  private volatile CountDownLatch go = new CountDownLatch(1);

  private Computer(DiskMemo memo, Path log, long bodyMillis) {
    this.memo = memo;
    this.texts = new MemoizedText(memo, "texts");
    this.log = log;
    this.bodyMillis = bodyMillis;
  }

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws Exception {
    Profile profile = Profile.builder()
        .lockTtl(Duration.ofMillis(Long.parseLong(arguments[2])))
        .timeout(Duration.ofSeconds(10))
        .build();
    Settings settings = Settings.builder()
        .directory(Path.of(arguments[0]))
        .kind("texts", profile)
        .build();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DiskMemo memo = DiskMemo.open(settings)) {
      Computer computer = new Computer(memo, Path.of(arguments[1]), Long.parseLong(arguments[3]));
      say("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        computer.obey(line.split(" ", -1));
      }
    }
    System.exit(0); // whatever still computes
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void obey(String[] words) throws Exception {
    switch (words[0]) {
      case "call" -> say(call(words[1], Integer.parseInt(words[2])));
      case "begin" -> aside(() -> texts.text(words[1], () -> held(words[1])));
      case "fail" ->
        aside(() -> texts.text(words[1], () -> {
          held(words[1]);
          throw new IllegalStateException("failed " + words[1]);
        }));
      case "nest" ->
        aside(() -> texts.text(words[1], () -> {
          held(words[1]);
          return words[1] + "(" + texts.text(words[2], () -> computed(words[2])) + ")";
        }));
      case "go" -> {
        go.countDown();
        go = new CountDownLatch(1);
      }
      case "evict" -> say(String.valueOf(memo.evictTag(words[1])));
      case "stats" -> say(stats());
      case "loop" -> loop(Integer.parseInt(words[1]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private String stats() {
    Stats stats = memo.kind("texts").stats();
    return stats.computations() + " " + stats.alone() + " " + stats.refusedLeaseLost();
  }

  private interface Task {
    String get() throws Exception;
  }

  private static void aside(Task task) {
    Thread thread = new Thread(() -> {
      try {
        say(task.get());
      } catch (Exception e) {
        say(e.getMessage());
      }
    });
    thread.setDaemon(true);
    thread.start();
  }

  private String call(String name, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(pool.submit(() -> texts.text(name, () -> computed(name))));
      }
      Set<String> results = new TreeSet<>();
      for (Future<String> call : calls) {
        results.add(call.get());
      }
      return String.join("|", results);
    } finally {
      pool.shutdown();
    }
  }

  private String held(String name) throws IOException, InterruptedException {
    CountDownLatch mine = go;
    note("begin", name);
    say("computing");
    mine.await();
    note("end", name);
    return text(name);
  }

  private String computed(String name) throws IOException {
    note("begin", name);
    Patience.moment(Duration.ofMillis(bodyMillis));
    note("end", name);
    return text(name);
  }

  private static String text(String name) {
    return name + "@" + ProcessHandle.current().pid();
  }

  /** One write, so that the lines of several processes do not mix. */
  private void note(String what, String name) throws IOException {
    String line = what + " " + name + " " + ProcessHandle.current().pid() + " "
        + Thread.currentThread().getId() + " " + System.nanoTime() + "\n";
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void loop(int names) {
    Random random = new Random(ProcessHandle.current().pid());
    for (int i = 0; i < 4; i++) {
      aside(() -> {
        while (true) {
          String name = "t/" + random.nextInt(names);
          texts.text(name, () -> computed(name));
        }
      });
    }
  }
}
