package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.generated.GateSpec;
import io.diskmemo.internal.coordinate.Coordination;
import io.diskmemo.internal.coordinate.Crossing;
import io.diskmemo.internal.coordinate.LastingState;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate of a directory whose disk does not answer for a while. */
class StalledGateTest {
  private static final Duration TTL = Duration.ofHours(1);

  @TempDir
  Path root;

  private final Threads threads = new Threads();
  private final StallingDisk disk = new StallingDisk();
  private Leases leases;
  private LastingState state;
  private Crossing crossing;

  @BeforeEach
  void open() {
    StoreDirectory directory = StoreDirectory.openOrCreate(root.resolve("store"));
    TestClock clock = new TestClock();
    leases = new Leases(
        directory, directory.identity(), clock, System::nanoTime, Thread::new, disk.writes());
    state = new LastingState(directory, clock, Runnable::run);
    crossing = new Coordination(leases, state, WaitObserver.NONE)
        .crossing(GateSpec.builder().oneAtATime("g").build(), TTL);
  }

  @AfterEach
  void close() {
    disk.close();
    threads.close();
    state.close();
    leases.close();
  }

  /** They waited for the disk. */
  @Test
  void callsGoOnByThemselvesOneAtATime() throws Exception {
    crossing.enter().close();
    Future<Boolean> held = disk.stall();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<String> first = threads.begin(() -> {
      try (Crossing.Passage passage = crossing.enter()) {
        assertThat(passage).isNotNull();
        inside.countDown();
        go.await();
        return "first";
      }
    });
    inside.await();
    Future<String> second = threads.begin(() -> {
      crossing.enter().close();
      return "second";
    });
    assertThat(second.isDone()).isFalse();
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.result(second)).isEqualTo("second");
    disk.answer(held);
  }

  /** Who closes a lease may be the one whom the disk holds. */
  @Test
  void nextCallDoesNotWaitUntilTheLeaseOfTheLastIsFreed() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<String> last = threads.begin(() -> {
      Crossing.Passage passage = crossing.enter();
      inside.countDown();
      go.await();
      passage.close();
      return "last";
    });
    inside.await();
    disk.stallForNext();
    go.countDown();
    disk.awaitAsked();
    Future<String> next = threads.begin(() -> {
      crossing.enter().close();
      return "next";
    });

    assertThat(Threads.result(next)).isEqualTo("next");
    assertThat(last.isDone()).isFalse();
    disk.answer(last);
  }
}
