package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.JournalMode;
import io.diskmemo.KindCache;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixedOperationsTest {
  private static final int PROCESSES = Integer.getInteger("tests.stress.processes", 4);
  private static final int SECONDS = Integer.getInteger("tests.stress.seconds", 3);

  @TempDir
  private Path directory;

  @ParameterizedTest
  @EnumSource
  void everyValueIsOfItsKeyAndTheSumsAndTheLimitHold(JournalMode journal)
      throws InterruptedException {
    try (DiskMemo memo = DiskMemo.open(MixedOperations.settings(directory, journal, 0))) {
      KindCache pool = memo.kind("pool");
      for (int i = 0; i < MixedOperations.POOL; i++) {
        pool.put("pooled-" + i, "entry-" + i);
      }
      Observer observer = new Observer(memo.kind("mixed"));
      List<String> lines;
      List<String> complaints = new ArrayList<>();
      try {
        lines = runAll(journal, complaints);
      } finally {
        observer.end();
      }

      assertThat(lines)
          .as(() -> complaints + "\n" + memo.maintenance().dryRun().check())
          .noneMatch(line -> line.startsWith("violation"));
      assertThat(observer.looks.get()).isPositive();
      // without a log a second does not suffice to fill it
      long filled = journal == JournalMode.WAL ? MixedOperations.SIZE_LIMIT / 2 : 1;
      assertThat(observer.largest.get()).isBetween(filled, MixedOperations.SIZE_LIMIT);
      assertThat(counted(memo.kind("counters"))).isPositive().isEqualTo(sum(lines, "added "));
      requireEachPooledEntryOnce(pool, lines);
      for (CheckReport report : memo.maintenance().dryRun().check()) {
        assertThat(report.problems()).isEmpty();
        assertThat(report.damaged()).isZero();
      }
      for (String kind : List.of("mixed", "wide")) {
        ValueFilesOf files = new ValueFilesOf(directory.resolve("kinds").resolve(kind));
        try (KindStore store = KindStores.open(directory, kind, 1 << 30, InstantSource.system())) {
          store.removeHidden();
          store.sweep();
          assertThat(files.onDisk()).isEqualTo(files.inRows());
        }
      }
      System.out.println(journal + " mixed: operations=" + sum(lines, "operations ") + " looks="
          + observer.looks + " largest=" + observer.largest);
    }
  }

  private List<String> runAll(JournalMode journal, List<String> complaints) {
    int seconds = journal == JournalMode.WAL ? SECONDS : Math.max(1, SECONDS / 3);
    List<ChildJvm> processes = IntStream.range(0, PROCESSES)
        .mapToObj(
            number -> ChildJvm.start(MixedOperations.class, directory, number, seconds, journal))
        .toList();
    try {
      processes.forEach(process -> process.awaitLine("open"));
      processes.forEach(process -> process.tell("go"));
      List<String> lines =
          processes.stream().flatMap(process -> process.success().stream()).toList();
      processes.forEach(process -> complaints.add(process.complaints()));
      return lines;
    } finally {
      ChildJvm.closeAll(processes);
    }
  }

  private static long sum(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .sum();
  }

  private static long counted(KindCache counters) {
    return IntStream.range(0, 3)
        .mapToLong(i -> counters.get("counter-" + i, Long.class).orElse(0L))
        .sum();
  }

  private static void requireEachPooledEntryOnce(KindCache pool, List<String> lines) {
    List<String> popped = lines.stream()
        .filter(line -> line.startsWith("popped "))
        .flatMap(line -> Arrays.stream(line.substring("popped ".length()).split(" ")))
        .filter(entry -> !entry.isEmpty())
        .toList();
    Stream<String> left = IntStream.range(0, MixedOperations.POOL)
        .mapToObj(i -> pool.get("pooled-" + i, String.class))
        .flatMap(value -> value.stream());
    assertThat(popped).isNotEmpty();
    assertThat(Stream.concat(popped.stream(), left))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MixedOperations.POOL).mapToObj(i -> "entry-" + i).toList());
  }

  /** Looks at the size all the time. */
  private static final class Observer {
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    Observer(KindCache kind) {
      thread = new Thread(() -> look(kind), "observer");
      thread.start();
    }

    private void look(KindCache kind) {
      while (!over.get()) {
        largest.accumulateAndGet(kind.volume(), Math::max);
        looks.incrementAndGet();
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      thread.join();
    }
  }
}
