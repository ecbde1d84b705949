package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deque and a map shared by several processes. */
class WorkListTest {
  private static final int JOBS = Integer.getInteger("tests.rounds", 200);
  private static final int PROCESSES = 2;

  @TempDir
  Path directory;

  @Test
  void eachElementIsTakenExactlyOnce() {
    List<ChildJvm> pushers = new ArrayList<>();
    List<ChildJvm> takers = new ArrayList<>();
    try (DiskMemo memo = Stores.open(directory)) {
      for (int i = 0; i < PROCESSES; i++) {
        takers.add(ChildJvm.start(WorkListProcess.class, directory, "take", "t" + i, 0));
        pushers.add(ChildJvm.start(WorkListProcess.class, directory, "push", "p" + i, JOBS));
      }
      List<String> pushed = said(pushers, "pushed ");
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      takers.forEach(taker -> jobs.addLast(WorkListProcess.END));
      List<String> taken = said(takers, "took ");

      assertThat(pushed).hasSize(PROCESSES * JOBS);
      assertThat(taken).containsExactlyInAnyOrderElementsOf(pushed);
      assertThat(jobs).isEmpty();
      assertThat(memo.map("counts", String.class, Integer.class))
          .containsEntry("pushed", pushed.size())
          .containsEntry("taken", taken.size());
    } finally {
      Stream.of(pushers, takers).flatMap(List::stream).forEach(ChildJvm::close);
    }
  }

  private static List<String> said(List<ChildJvm> children, String prefix) {
    return children.stream()
        .flatMap(child -> child.success().stream())
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  /** Had nobody looked, they would wait for an hour, and the test would fail by its own limit. */
  @Test
  void takersAreWokenByAPushOfAnotherProcess() throws Exception {
    try (DiskMemo memo = Stores.open(directory);
        Threads threads = new Threads()) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      List<Future<Optional<String>>> takes =
          threads.begin(5, () -> jobs.takeLast(Duration.ofHours(1)));
      try (ChildJvm pusher = ChildJvm.start(WorkListProcess.class, directory, "push", "p", 5)) {
        assertThat(Threads.results(takes))
            .extracting(Optional::orElseThrow)
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 5).mapToObj(i -> "p-" + i).toList());
        pusher.success();
      }
    }
  }

  /** With the signature of {@code BlockingDeque}, and from both ends. */
  @Test
  void pollsAreWokenByAPushOfAnotherProcess() throws Exception {
    try (DiskMemo memo = Stores.open(directory);
        Threads threads = new Threads()) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      List<Future<String>> polls = new ArrayList<>();
      polls.addAll(threads.begin(2, () -> jobs.pollFirst(1, TimeUnit.HOURS)));
      polls.addAll(threads.begin(2, () -> jobs.pollLast(1, TimeUnit.HOURS)));
      try (ChildJvm pusher = ChildJvm.start(WorkListProcess.class, directory, "push", "p", 4)) {
        assertThat(Threads.results(polls))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 4).mapToObj(i -> "p-" + i).toList());
        pusher.success();
      }
    }
  }

  @Test
  void processThatWaitsIsWokenByThisOne() {
    try (DiskMemo memo = Stores.open(directory);
        ChildJvm taker = ChildJvm.start(WorkListProcess.class, directory, "take", "t", 0)) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      taker.awaitLine("open");
      jobs.add("one");
      taker.awaitLine("took one");
      jobs.add(WorkListProcess.END);
      assertThat(taker.success()).isEmpty();
    }
  }
}
