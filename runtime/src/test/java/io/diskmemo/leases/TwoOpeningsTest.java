package io.diskmemo.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two openings of one directory in one process, which have leases in common, and nothing else. */
class TwoOpeningsTest {
  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private DiskMemo one;
  private DiskMemo two;

  @BeforeEach
  void open() {
    one = Stores.open(directory);
    two = Stores.open(directory);
  }

  @AfterEach
  void close() {
    go.countDown();
    threads.close();
    one.close();
    two.close();
  }

  private TestMethod<String> blocked(DiskMemo memo) {
    return TestMethod.text("m")
        .body(argument -> {
          begun.countDown();
          go.await();
          return "x";
        })
        .in(memo);
  }

  @Test
  void aKeyIsComputedOnce() throws Exception {
    TestMethod<String> holder = blocked(one);
    TestMethod<String> other = TestMethod.text("m").in(two);
    Future<String> first = threads.begin(() -> holder.call("a"));
    begun.await();
    Future<String> second = threads.begin(() -> other.call("a"));
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("x");
    assertThat(Threads.result(second)).isEqualTo("x");
    assertThat(other.computations()).isZero();
  }

  @Test
  void anAsynchronousCallWaitsWithoutAThread() throws Exception {
    TestMethod<String> holder = blocked(one);
    TestMethod<String> other = TestMethod.text("m").in(two);
    Future<String> first = threads.begin(() -> holder.call("a"));
    begun.await();
    CompletableFuture<String> second = other.callAsync("a");
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("x");
    assertThat(Threads.result(second)).isEqualTo("x");
    assertThat(other.computations()).isZero();
  }

  @Test
  void aStageHoldsTheKeyUntilItIsComplete() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    TestMethod<String> holder = TestMethod.text("m").in(one);
    TestMethod<String> other = TestMethod.text("m").in(two);
    CompletableFuture<String> first = holder.callAsync("a", () -> {
      begun.countDown();
      return stage;
    });
    begun.await();
    Future<String> second = threads.begin(() -> other.call("a"));
    stage.complete("x");

    assertThat(Threads.result(first)).isEqualTo("x");
    assertThat(Threads.result(second)).isEqualTo("x");
    assertThat(other.computations()).isZero();
  }

  @Test
  void aStageThatFailsGivesTheKeyBack() throws Exception {
    TestMethod<String> holder = TestMethod.text("m").in(one);
    TestMethod<String> other = TestMethod.text("m").in(two);
    CompletableFuture<String> failed = holder.callAsync(
        "a", () -> CompletableFuture.failedFuture(new IllegalStateException("of the method")));
    assertThat(failed.handle((value, failure) -> failure.getMessage()).get())
        .contains("of the method");

    assertThat(other.call("a")).isEqualTo("a!");
  }

  @Test
  void anInterruptedCallerComputesAloneAndLeavesNothingBehind() throws Exception {
    TestMethod<String> holder = blocked(one);
    TestMethod<String> other = TestMethod.text("m").in(two);
    Future<String> first = threads.begin(() -> holder.call("a"));
    begun.await();
    Future<Boolean> interrupted = threads.begin(() -> {
      Thread.currentThread().interrupt();
      assertThat(other.call("a")).isEqualTo("a!");
      return Thread.interrupted();
    });
    assertThat(Threads.result(interrupted)).isTrue();
    go.countDown();

    assertThat(Threads.result(first)).isEqualTo("x");
    assertThat(two.kind("default").stats().alone()).isEqualTo(1);
    assertThat(holder.call("b")).isEqualTo("x");
  }

  /** Not a deadlock: the inner call finds that its own thread has the key. */
  @Test
  void aThreadThatMeetsItselfByTheOtherOpeningComputes() {
    TestMethod<String> inner = TestMethod.text("m").in(two);
    TestMethod<String> outer =
        TestMethod.text("m").body(argument -> "(" + inner.call(argument) + ")").in(one);

    assertThat(outer.call("a")).isIn("(a!)", "a!");
  }

  @Test
  void withoutALeaseFileEveryCallStillHasItsAnswer() throws Exception {
    Files.createDirectory(directory.resolve("leases")); // where the file should be
    TestMethod<String> method = TestMethod.text("m").in(one);

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(1);
    assertThat(one.kind("default").stats().alone()).isEqualTo(1);
  }
}
