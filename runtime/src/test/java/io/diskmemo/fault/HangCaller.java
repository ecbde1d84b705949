package io.diskmemo.fault;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A process that is told in lines what to do, and answers when it is done. Arguments: directory, and a
 * name that it stores before it says {@code open}.
 *
 * <pre>
 * calls &lt;prefix&gt;      ten calls
 * computed &lt;prefix&gt;   the same; how many of them were not stored
 * read &lt;name&gt;         one call
 * state              that of the store
 * fill               stores more than SQLite keeps in memory
 * reads              begins threads that each call for one of that
 * misses &lt;prefix&gt;     begins threads that each call for something new
 * evict              begins a thread that evicts what there is of a tag
 * inside             how many of those threads have not returned
 * collect            has the JVM collect garbage, for which each thread has to stop or be outside
 * </pre>
 */
final class HangCaller {
  private static final int CALLS = 10;
  private static final int THREADS = 16;
  private static final int FILLED = 4_000;

  private static final AtomicInteger inside = new AtomicInteger();

  private HangCaller() {}

  static Settings settings(Path directory) {
    Profile profile = Profile.builder()
        .breakerPause(Duration.ofMillis(50))
        .memoryLimit(0)
        .timeout(Duration.ofSeconds(20))
        .minFileSize(2_000)
        .build();
    return Settings.builder().directory(directory).kind("texts", profile).build();
  }

  public static void main(String[] arguments) throws IOException {
    System.setProperty("io.diskmemo.patience", "100");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])));
    MemoizedText text = new MemoizedText(memo, "texts");
    text.text(arguments[1], () -> "value");
    System.out.println("open");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      System.out.println(
          switch (words[0]) {
            case "calls" -> calls(text, words[1]);
            case "computed" -> computed(text, words[1]);
            case "read" -> call(text, words[1], "value");
            case "fill" -> fill(memo, text);
            case "reads" ->
              begin(THREADS, i -> call(text, "fill/" + i * (FILLED / THREADS), "v".repeat(1_500)));
            case "misses" -> begin(THREADS, i -> call(text, words[1] + "/" + i, "value"));
            case "evict" -> begin(1, i -> memo.evictTag("none"));
            case "inside" -> inside.get();
            case "collect" -> collect();
            case "state" -> memo.kind("texts").stats().health().state();
            default -> throw new IllegalArgumentException(line);
          });
    }
  }

  private static int fill(DiskMemo memo, MemoizedText text) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < FILLED; i++) {
        text.text("fill/" + i, () -> "v".repeat(1_500));
      }
      batch.commit();
    }
    return FILLED;
  }

  private static int begin(int threads, IntConsumer work) {
    inside.addAndGet(threads);
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(
          () -> {
            work.accept(number);
            inside.decrementAndGet();
          },
          "caller-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    return threads;
  }

  private static String collect() {
    System.gc();
    return "done";
  }

  private static int calls(MemoizedText text, String prefix) {
    for (int i = 0; i < CALLS; i++) {
      call(text, prefix + "/" + i, "v".repeat(3_000));
    }
    return CALLS;
  }

  private static int computed(MemoizedText text, String prefix) {
    AtomicInteger computed = new AtomicInteger();
    for (int i = 0; i < CALLS; i++) {
      text.text(prefix + "/" + i, () -> {
        computed.incrementAndGet();
        return "v".repeat(3_000);
      });
    }
    return computed.get();
  }

  private static String call(MemoizedText text, String name, String value) {
    if (text.text(name, () -> value).isEmpty()) {
      throw new IllegalStateException(name);
    }
    return "done";
  }
}
