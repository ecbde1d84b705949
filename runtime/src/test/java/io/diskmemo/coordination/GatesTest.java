package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Held;
import io.diskmemo.Settings;
import io.diskmemo.WaitListener.Wait;
import io.diskmemo.generated.Gate;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What methods are called through. */
class GatesTest {
  private static final Duration PERIOD = Duration.ofDays(10);

  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final TestClock clock = new TestClock();
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final LinkedBlockingQueue<Wait> waits = new LinkedBlockingQueue<>();
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = DiskMemo.open(Settings.builder()
        .directory(directory.resolve("store"))
        .clock(clock)
        .waitListener(waits::add)
        .build());
  }

  @AfterEach
  void close() {
    go.countDown();
    threads.close();
    memo.close();
  }

  private static GateSpec.Builder one() {
    return GateSpec.builder().oneAtATime("g");
  }

  private static GateSpec.Builder throttled(int permits) {
    return GateSpec.builder().throttled("g", permits, PERIOD);
  }

  /** A call that stays behind the gate until the test says go. */
  private Future<String> occupied(Gate gate) throws InterruptedException {
    Future<String> occupant = threads.begin(() -> gate.call(() -> {
      inside.countDown();
      go.await();
      return "first";
    }));
    inside.await();
    return occupant;
  }

  private static void untilWaiting(Thread thread) {
    Threads.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void callsWaitForTheOneBehindTheGate() throws Exception {
    Gate gate = memo.gate(one().build());
    Future<String> first = occupied(gate);
    AtomicInteger entered = new AtomicInteger();
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<Integer> second = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return gate.call(entered::incrementAndGet);
    });
    untilWaiting(waiter.take());
    assertThat(entered).hasValue(0);
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.result(second)).isEqualTo(1);
  }

  /** Another opening has leases of its own, as another process does. */
  @Test
  void barrierOfTheSameNameIsTheSame() throws Exception {
    try (DiskMemo other = Stores.open(directory.resolve("store"))) {
      Future<String> first = occupied(memo.gate(one().build()));
      Future<String> second = threads.begin(() -> other.barrier("g").pass(() -> "second"));
      Future<String> third = threads.begin(() -> memo.gate(one().build()).call(() -> "third"));
      Wait wait = waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(wait.method()).isEqualTo("barrier g");
      assertThat(wait.holderProcess()).isEqualTo(ProcessHandle.current().pid());
      assertThat(second).isNotDone();
      go.countDown();

      assertThat(Threads.result(first)).isEqualTo("first");
      assertThat(Threads.result(second)).isEqualTo("second");
      assertThat(Threads.result(third)).isEqualTo("third");
    }
  }

  @Test
  void waitingAtAGateIsNoCostOfTheComputation() throws Exception {
    Gate gate = memo.gate(one().build());
    TestMethod<String> method =
        TestMethod.text("m").body(a -> gate.call(() -> a + "!")).in(memo);
    Future<String> first = occupied(gate);
    Future<String> computing = threads.begin(() -> method.call("a"));
    Wait wait = waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS);
    go.countDown();
    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.result(computing)).isEqualTo("a!");

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(memo.kind("default").stats().timeSaved()).isLessThan(wait.waited());
  }

  /** Whichever of the two comes first: the computation to the gate, or the thread inside to the key. */
  @Test
  void whoIsInsideAGateDoesNotWaitForAComputationThatStandsAtIt() throws Exception {
    insideWhile(memo);
    try (DiskMemo other = Stores.open(directory.resolve("store"))) {
      insideWhile(other);
    }
  }

  private void insideWhile(DiskMemo others) throws Exception {
    Gate gate = memo.gate(one().build());
    for (int i = 0; i < 2; i++) {
      String key = i + "of" + others.equals(memo);
      boolean gateFirst = i == 0;
      CountDownLatch computing = new CountDownLatch(1);
      CountDownLatch toTheGate = new CountDownLatch(gateFirst ? 0 : 1);
      AtomicReference<Thread> standing = new AtomicReference<>();
      TestMethod<String> method = TestMethod.text("m")
          .body(a -> {
            if (standing.compareAndSet(null, Thread.currentThread())) {
              computing.countDown();
              toTheGate.await();
            }
            return gate.call(() -> a + "!");
          })
          .in(memo);
      TestMethod<String> same = others.equals(memo)
          ? method
          : TestMethod.text("m").body(a -> gate.call(() -> a + "!")).in(others);
      Thread inTheGate = Thread.currentThread();
      List<Future<?>> aside = new ArrayList<>();
      String result = gate.call(() -> {
        aside.add(threads.begin(() -> method.call(key)));
        computing.await();
        if (gateFirst) {
          untilWaiting(standing.get());
        } else {
          aside.add(threads.begin(() -> {
            untilWaiting(inTheGate);
            toTheGate.countDown();
            return null;
          }));
        }
        return same.call(key);
      });
      assertThat(result).isEqualTo(key + "!");
      for (Future<?> one : aside) {
        assertThat(Threads.result(one)).isIn(key + "!", null);
      }
    }
  }

  @Test
  void gateAndBarrierInsideEachOtherAreOne() throws Exception {
    Gate gate = memo.gate(one().build());
    String result = gate.call(() -> memo.barrier("g").pass(() -> gate.call(() -> "in")));
    assertThat(result).isEqualTo("in");

    assertThat(Threads.result(threads.begin(() -> gate.call(() -> "free")))).isEqualTo("free");
  }

  @Test
  void interruptEndsTheWaitOfWhoDeclaresIt() throws Exception {
    Gate gate = memo.gate(one().interruptible().build());
    Future<String> first = occupied(gate);
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<String> second = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return gate.call(() -> "called");
    });
    Thread thread = waiter.take();
    untilWaiting(thread);
    thread.interrupt();

    assertThatThrownBy(() -> Threads.result(second)).hasCauseInstanceOf(InterruptedException.class);
    go.countDown();
    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(gate.call(() -> "free")).isEqualTo("free");
  }

  @Test
  void interruptIsKeptForWhoDoesNotDeclareIt() throws Exception {
    Gate gate = memo.gate(one().build());
    Future<String> first = occupied(gate);
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<Boolean> second = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return gate.call(() -> Thread.currentThread().isInterrupted()) && Thread.interrupted();
    });
    Thread thread = waiter.take();
    untilWaiting(thread);
    thread.interrupt();
    Threads.until(() -> !thread.isInterrupted()); // it has seen it, and waits
    untilWaiting(thread);
    assertThat(second).isNotDone();
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.result(second)).isTrue();
  }

  @Test
  void interruptInTheWaitForAPermit() throws Exception {
    memo.gate(throttled(1).build()).run(() -> {});
    Gate declares = memo.gate(throttled(1).oneAtATime("both").interruptible().build());
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<String> waiting = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return declares.call(() -> "called");
    });
    Thread thread = waiter.take();
    untilWaiting(thread);
    thread.interrupt();

    assertThatThrownBy(() -> Threads.result(waiting))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(memo.barrier("both").pass(() -> "free")).isEqualTo("free");
  }

  @Test
  void throttleOfTheSameNameIsTheSame() throws Exception {
    Gate gate = memo.gate(throttled(2).build());
    gate.run(() -> {});
    assertThat(memo.throttle("g", 2, PERIOD).tryAcquire()).isTrue();
    Future<String> waiting = threads.begin(() -> gate.call(() -> "called"));
    Wait wait = waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(wait.kind()).isEqualTo("_coordination");
    assertThat(wait.method()).isEqualTo("throttle g");
    assertThat(wait.holderProcess()).isZero();
    assertThat(wait.waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(waiting).isNotDone();
    clock.advance(PERIOD);

    assertThat(Threads.result(waiting)).isEqualTo("called");
  }

  /** Permits that were taken in the line would be used all at once when it moves. */
  @Test
  void permitIsTakenWhenTheLockIsHad() throws Exception {
    Gate gate = memo.gate(throttled(3).oneAtATime("both").build());
    Future<String> first = occupied(gate);
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<String> second = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return gate.call(() -> "second");
    });
    untilWaiting(waiter.take());
    assertThat(memo.throttle("g", 3, PERIOD).tryAcquire()).isTrue();
    assertThat(memo.throttle("g", 3, PERIOD).tryAcquire()).isTrue();
    assertThat(memo.throttle("g", 3, PERIOD).tryAcquire()).isFalse();
    go.countDown();
    assertThat(Threads.result(first)).isEqualTo("first");
    clock.advance(PERIOD);

    assertThat(Threads.result(second)).isEqualTo("second");
  }

  @Test
  void checkedExceptionsComeThroughUnchanged() {
    Gate gate = memo.gate(one().throttled("g", 100, PERIOD).build());
    IOException mine = new IOException("mine");
    assertThatThrownBy(() -> gate.run(() -> {
          throw mine;
        }))
        .isSameAs(mine);
    Error own = new AssertionError("mine");
    assertThatThrownBy(() -> gate.call(() -> {
          throw own;
        }))
        .isSameAs(own);

    assertThat(gate.call(() -> "free")).isEqualTo("free");
  }

  @Test
  void withoutALeaseFileOneThreadOfThisProcessAtATime() throws Exception {
    Files.createDirectory(directory.resolve("store/leases")); // where the file should be
    Gate gate = memo.gate(one().build());
    Gate same = memo.gate(one().build());
    Future<String> first = occupied(gate);
    AtomicInteger entered = new AtomicInteger();
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<Integer> second = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return same.call(() -> same.call(entered::incrementAndGet)); // and again without waiting
    });
    untilWaiting(waiter.take());
    assertThat(entered).hasValue(0);
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.result(second)).isEqualTo(1);
  }

  /** It was told that it had been silent for too long. */
  @Test
  void barrierInsideIsToldWhyThereIsNone() throws Exception {
    Files.createDirectory(directory.resolve("store/leases")); // where the file should be
    Gate gate = memo.gate(one().build());

    assertThatThrownBy(() -> gate.call(() -> memo.barrier("g").pass(() -> "inside")))
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("goes on within this process");
  }

  @Test
  void leaseThatIsLostInARecursionKeepsOthersOfThisProcessOut() throws Exception {
    Gate gate = memo.gate(one().build());
    String result = gate.call(() -> {
      Files.delete(directory.resolve("store/leases"));
      return gate.call(() -> "inner");
    });

    assertThat(result).isEqualTo("inner");
    assertThat(Threads.result(threads.begin(() -> gate.call(() -> "free")))).isEqualTo("free");
  }

  @Test
  void withoutADatabaseThisProcessKeepsTheRateByItself() throws Exception {
    Files.createDirectories(directory.resolve("store/kinds"));
    Files.writeString(
        directory.resolve("store/kinds/_coordination"), "where a directory should be");
    Gate gate = memo.gate(throttled(2).build());
    Gate same = memo.gate(throttled(2).build());
    gate.run(() -> {});
    same.run(() -> {});
    Future<String> waiting = threads.begin(() -> gate.call(() -> "called"));
    assertThat(waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS).method())
        .isEqualTo("throttle g");
    assertThat(waiting).isNotDone();
    clock.advance(PERIOD);

    assertThat(Threads.result(waiting)).isEqualTo("called");
  }

  @Test
  void closedDirectoryStopsNobody() throws Exception {
    Gate gate = memo.gate(one().throttled("g", 1, PERIOD).build());
    memo.close();

    assertThat(gate.call(() -> "called")).isEqualTo("called");
    try (DiskMemo next = Stores.open(directory.resolve("store"));
        Held held = next.lock("g").lock()) {
      assertThat(held.isHeld()).isTrue();
    }
  }
}
