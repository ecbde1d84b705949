package io.diskmemo.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Stats;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, few keys, little room. */
class HammeredKindTest {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("tests.stress.seconds", 3));
  private static final int THREADS = 16;
  private static final int NAMES = 60;
  private static final int DEEPEST = 3;

  private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();

  @TempDir
  private Path directory;

  @Test
  void valuesAreRightAndNoFlightIsLeftBehind() throws InterruptedException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      KindCache kind = memo.kind("small");
      MemoizedText text = new MemoizedText(memo, "small");
      long end = System.nanoTime() + LENGTH.toNanos();
      runAll(() -> System.nanoTime() - end < 0, () -> step(memo, kind, text, 0));

      assertThat(problems).isEmpty();
      assertThat(kind.volume()).isLessThanOrEqualTo(kind.stats().sizeLimitBytes());
      assertThat(kind.check().problems()).isEmpty();
      requireNoFlights(kind, text);
      System.out.println("hammered: calls=" + calls + " " + kind.stats());
    }
  }

  /** A flight that nobody makes any more would be waited for. */
  private void requireNoFlights(KindCache kind, MemoizedText text) {
    kind.clear();
    Stats before = kind.stats();
    for (int i = 0; i < NAMES; i++) {
      call(text, nameOf(i), DEEPEST);
    }
    Stats after = kind.stats();
    assertThat(after.waits() - before.waits()).isZero();
    assertThat(after.alone() - before.alone()).isZero();
    assertThat(after.computations() - before.computations()).isEqualTo(NAMES);
  }

  @Test
  void callsDuringTheCloseAreRightAndNothingIsLeftOpen() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "/proc/self/fd is missing: this is not Linux");
    openUseAndClose(); // loads all classes
    long before = openFiles(descriptors);
    int threads = Thread.activeCount();
    for (int round = 0; round < 10; round++) {
      openUseAndClose();
    }
    assertThat(problems).isEmpty();
    // the thread of the pins ends a second after the last read, those of background work soon
    Patience.until(
        "files are closed, and threads ended",
        () -> openFiles(descriptors) <= before && Thread.activeCount() <= threads + 2);
  }

  private void openUseAndClose() throws InterruptedException {
    DiskMemo memo = DiskMemo.open(settings());
    MemoizedText text = new MemoizedText(memo, "small");
    AtomicLong left = new AtomicLong(2_000);
    runAll(() -> left.decrementAndGet() > 0, () -> {
      call(text, nameOf(ThreadLocalRandom.current().nextInt(NAMES)), 0);
      if (left.get() == 1_000) {
        memo.close();
      }
    });
    memo.close();
  }

  private static long openFiles(Path descriptors) {
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.filter(descriptor -> linkOf(descriptor).contains("cache-2-1.db")
              || linkOf(descriptor).contains("coordination"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // the one that lists them
    }
  }

  private void runAll(BooleanSupplier goesOn, Runnable step) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(
          () -> {
            try {
              while (goesOn.getAsBoolean()) {
                step.run();
              }
            } catch (Throwable e) {
              problems.add(e);
            }
          },
          "hammer-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void step(DiskMemo memo, KindCache kind, MemoizedText text, int depth) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String name = nameOf(random.nextInt(NAMES));
    switch (random.nextInt(60)) {
      case 0 -> memo.evictTag(MemoizedText.tagOf(name));
      case 1 -> kind.clear();
      case 2 -> kind.put(name, name);
      case 3 -> kind.pop(name, String.class).ifPresent(value -> require(name, value));
      case 4 -> kind.expire();
      case 5 -> batch(memo, text);
      case 6 -> interrupted(text, name);
      case 7 -> failing(text, name);
      case 8 -> kind.get(name, String.class).ifPresent(value -> require(name, value));
      default -> call(text, name, depth);
    }
  }

  private void call(MemoizedText text, String name, int depth) {
    calls.incrementAndGet();
    require(name, text.text(name, () -> {
      if (depth < DEEPEST && ThreadLocalRandom.current().nextInt(3) == 0) { // may cross with others
        call(text, nameOf(ThreadLocalRandom.current().nextInt(NAMES)), depth + 1);
      }
      return valueOf(name);
    }));
  }

  private void batch(DiskMemo memo, MemoizedText text) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 3; i++) {
        call(text, nameOf(ThreadLocalRandom.current().nextInt(NAMES)), 0);
      }
      batch.commit();
    }
  }

  private void interrupted(MemoizedText text, String name) {
    Thread.currentThread().interrupt();
    call(text, name, 0);
    assertThat(Thread.interrupted()).isTrue();
  }

  private void failing(MemoizedText text, String name) {
    try {
      require(name, text.text(name, () -> {
        throw new IllegalArgumentException("no text today");
      }));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("no text today");
    }
  }

  private static void require(String name, String value) {
    if (!value.equals(valueOf(name)) && !value.equals(name)) {
      throw new IllegalStateException(value + " came back for " + name);
    }
  }

  private static String nameOf(int number) {
    return "t" + number % 4 + "/" + number;
  }

  private static String valueOf(String name) {
    return name + "=" + "x".repeat(name.hashCode() & 1023);
  }

  private Settings settings() {
    Profile small =
        Profile.builder().sizeLimit(20_000).timeout(Duration.ofSeconds(20)).build();
    return Settings.builder().directory(directory).kind("small", small).build();
  }
}
