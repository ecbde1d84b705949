package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeverStaleTest {
  private static final int PROCESSES = 4;
  private static final int SECONDS = Integer.getInteger("tests.stress.seconds", 3);

  @TempDir
  private Path directory;

  @Test
  void noCallInAnyProcessReturnsWhatWasEvictedOrReplacedBeforeItBegan() {
    new Truth(directory.resolve("truth")); // of its full length before anybody else maps it
    List<ChildJvm> processes =
        IntStream.range(0, PROCESSES).mapToObj(this::start).toList();
    try {
      processes.forEach(process -> process.awaitLine("open"));
      processes.forEach(process -> process.tell("go"));
      List<String> results =
          processes.stream().flatMap(process -> process.success().stream()).toList();
      assertThat(results).hasSize(PROCESSES).allSatisfy(NeverStaleTest::requireWork);
      System.out.println("never stale: reads computations changes = " + results);
    } finally {
      ChildJvm.closeAll(processes);
    }
    try (DiskMemo memo = DiskMemo.open(NeverStale.settings(directory.resolve("store")))) {
      assertThat(memo.kind("texts").check().problems()).isEmpty();
    }
  }

  private static void requireWork(String line) {
    assertThat(line).matches("[0-9]+ [0-9]+ [0-9]+");
    String[] numbers = line.split(" ", -1);
    assertThat(Integer.parseInt(numbers[0])).isGreaterThanOrEqualTo(NeverStale.LEAST_READS);
    assertThat(Integer.parseInt(numbers[1])).isPositive();
    assertThat(Integer.parseInt(numbers[2])).isGreaterThanOrEqualTo(NeverStale.LEAST_CHANGES);
  }

  private ChildJvm start(int number) {
    return ChildJvm.start(
        NeverStale.class,
        directory.resolve("store"),
        directory.resolve("truth"),
        number,
        PROCESSES,
        SECONDS);
  }
}
