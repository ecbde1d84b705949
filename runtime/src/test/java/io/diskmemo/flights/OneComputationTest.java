package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, one key. */
class OneComputationTest {
  private static final int MANY = 48;

  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    go.countDown();
    threads.close();
    memo.close();
  }

  private TestMethod<String> blocked() {
    return TestMethod.text("m")
        .body(argument -> {
          begun.countDown();
          go.await();
          return "x";
        })
        .in(memo);
  }

  /** Begins threads that call, and returns when all wait for the first of them. */
  private List<Future<String>> waiting(int count, TestMethod<String> method) throws Exception {
    Set<Thread> callers = ConcurrentHashMap.newKeySet();
    List<Future<String>> calls = threads.begin(count, () -> {
      callers.add(Thread.currentThread());
      return method.call("a");
    });
    Threads.until(() -> callers.size() == count
        && callers.stream().filter(OneComputationTest::isParked).count() == count);
    return calls;
  }

  private static boolean isParked(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void manyThreadsMakeOneComputation() throws Exception {
    TestMethod<String> method = blocked();
    List<Future<String>> calls = waiting(MANY, method);
    go.countDown();

    assertThat(Threads.results(calls)).hasSize(MANY).containsOnly("x");
    assertThat(method.computations()).isEqualTo(1);
    assertThat(memo.kind("default").stats().waits()).isEqualTo(MANY - 1);
    assertThat(memo.kind("default").stats().computations()).isEqualTo(1);
  }

  @Test
  void eachWaitingThreadGetsACopyOfItsOwn() throws Exception {
    TestMethod<List<String>> method = TestMethod.texts("m")
        .body(argument -> {
          begun.countDown();
          go.await();
          return List.of("x");
        })
        .in(memo);
    List<Future<List<String>>> calls = threads.begin(8, () -> method.call("a"));
    begun.await();
    go.countDown();
    List<List<String>> results = Threads.results(calls);
    results.get(0).add("changed");

    assertThat(results.subList(1, 8)).containsOnly(List.of("x"));
    assertThat(method.computations()).isEqualTo(1);
  }

  @Test
  void otherKeysDoNotWait() throws Exception {
    TestMethod<String> method = blocked();
    Future<String> first = threads.begin(() -> method.call("a"));
    begun.await();
    method.body(argument -> "other");

    assertThat(method.call("b")).isEqualTo("other");
    go.countDown();
    assertThat(Threads.result(first)).isEqualTo("x");
  }

  @Test
  void exceptionIsNotSharedAndAnotherThreadComputes() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    TestMethod<String> method = TestMethod.text("m")
        .body(argument -> {
          int attempt = attempts.incrementAndGet();
          begun.countDown();
          go.await();
          if (attempt == 1) {
            throw new IllegalStateException("attempt " + attempt);
          }
          return "attempt " + attempt;
        })
        .in(memo);
    List<Future<String>> calls = waiting(16, method);
    go.countDown();
    int failed = 0;
    for (Future<String> call : calls) {
      Throwable thrown =
          catchThrowable(() -> assertThat(Threads.result(call)).isEqualTo("attempt 2"));
      failed += thrown instanceof ExecutionException ? 1 : 0;
      assertThat(thrown == null || thrown.getCause() instanceof IllegalStateException)
          .isTrue();
    }

    assertThat(failed).isEqualTo(1);
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void thoseWhoMayNotShareDoNotWaitForEachOther() throws Exception {
    CountDownLatch allAtOnce = new CountDownLatch(8);
    TestMethod<String> method = TestMethod.copied("m", new Unwritable(), argument -> "first")
        .body(argument -> {
          begun.countDown();
          go.await();
          return "first";
        })
        .in(memo);
    Future<String> first = threads.begin(() -> method.call("a"));
    begun.await();
    List<Future<String>> others = waiting(8, method);
    method.body(argument -> {
      allAtOnce.countDown();
      allAtOnce.await(); // ends only if all compute side by side
      return "beside others";
    });
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("first");
    assertThat(Threads.results(others)).containsOnly("beside others");
  }

  @Test
  void thoseWhoWaitTooLongComputeAloneAndAreCounted() throws Exception {
    memo.close();
    memo =
        Stores.open(directory, Profile.builder().lockWait(Duration.ofMillis(1)).build());
    TestMethod<String> method = blocked();
    Future<String> holder = threads.begin(() -> method.call("a"));
    begun.await();
    method.body(argument -> "alone");

    assertThat(method.call("a")).isEqualTo("alone");
    assertThat(memo.kind("default").stats().alone()).isEqualTo(1);
    go.countDown();
    assertThat(Threads.result(holder)).isEqualTo("x");
    assertThat(memo.kind("default").stats().refusedPresent()).isEqualTo(1);
    assertThat(method.call("a")).isEqualTo("alone");
  }

  @Test
  void interruptedThreadKeepsItsInterruptAndGetsAValue() throws Exception {
    TestMethod<String> method = blocked();
    Future<String> holder = threads.begin(() -> method.call("a"));
    begun.await();
    method.body(argument -> "alone");
    Future<Boolean> interrupted = threads.begin(() -> {
      Thread.currentThread().interrupt();
      String value = method.call("a");
      return value.equals("alone") && Thread.interrupted();
    });

    assertThat(Threads.result(interrupted)).isTrue();
    go.countDown();
    assertThat(Threads.result(holder)).isEqualTo("x");
  }

  @Test
  void callerAfterAnEvictionDoesNotTakeTheFlightThatBeganBeforeIt() throws Exception {
    TestMethod<String> method = TestMethod.text("m")
        .tags("t")
        .body(argument -> {
          begun.countDown();
          go.await();
          return "before";
        })
        .in(memo);
    Future<String> before = threads.begin(() -> method.call("a"));
    begun.await();
    memo.evictTag("t");
    method.body(argument -> "after");
    List<Future<String>> after = waiting(8, method);
    go.countDown();

    assertThat(Threads.result(before)).isEqualTo("before");
    assertThat(Threads.results(after)).containsOnly("after");
    assertThat(method.computations()).isEqualTo(2);
  }
}
