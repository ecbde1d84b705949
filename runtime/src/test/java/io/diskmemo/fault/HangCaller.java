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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that is told in lines what to do, and answers how many milliseconds it took: {@code calls
 * PREFIX} for the longest of ten calls, {@code computed PREFIX} for how many of the same were not stored, {@code read NAME} for one, {@code state} for that; {@code fill}
 * stores more than SQLite keeps in memory, and {@code reads} says how many of {@value #THREADS} threads
 * needed longer than a number of milliseconds for one of it. Arguments:
 * directory, and a name that it stores before it says {@code open}.
 */
final class HangCaller {
  private static final int CALLS = 10;
  private static final int THREADS = 16;
  private static final int FILLED = 4_000;

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
            case "calls" -> longest(text, words[1]);
            case "computed" -> computed(text, words[1]);
            case "read" -> millis(text, words[1], "value");
            case "fill" -> fill(memo, text);
            case "reads" -> slowReads(text, Long.parseLong(words[1]));
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

  private static int slowReads(MemoizedText text, long millis) {
    AtomicInteger slow = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int step = FILLED / THREADS;
      String name = "fill/" + i * step;
      threads.add(new Thread(
          () -> {
            if (millis(text, name, "v".repeat(1_500)) > millis) {
              slow.incrementAndGet();
            }
          },
          "reader-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return slow.get();
  }

  private static long longest(MemoizedText text, String prefix) {
    long longest = 0;
    for (int i = 0; i < CALLS; i++) {
      longest = Math.max(longest, millis(text, prefix + "/" + i, "v".repeat(3_000)));
    }
    return longest;
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

  private static long millis(MemoizedText text, String name, String value) {
    long began = System.nanoTime();
    if (text.text(name, () -> value).isEmpty()) {
      throw new IllegalStateException(name);
    }
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }
}
