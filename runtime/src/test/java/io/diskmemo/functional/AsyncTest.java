package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods whose result comes later. */
class AsyncTest {
  @TempDir
  Path directory;

  private DiskMemo memo;
  private TestMethod<String> method;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
    method = TestMethod.text("m").tags("t").in(memo);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void valueIsStoredAndComesBackFromMemoryAndDisk() throws Exception {
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    try (DiskMemo other = Stores.open(directory)) {
      TestMethod<String> elsewhere = TestMethod.text("m").in(other);
      assertThat(Threads.result(elsewhere.callAsync("a"))).isEqualTo("a!");
      assertThat(elsewhere.computations()).isZero();
    }
    assertThat(method.computations()).isOne();
  }

  @Test
  void hitInMemoryIsCompleteAtOnce() throws Exception {
    Threads.result(method.callAsync("a"));
    assertThat(method.callAsync("a")).isCompletedWithValue("a!");
  }

  @Test
  void failureOfTheStageReachesTheCallerAndIsNotStored() throws Exception {
    CompletableFuture<String> failed =
        method.callAsync("a", () -> CompletableFuture.failedFuture(new IOException("down")));
    assertThatThrownBy(() -> Threads.result(failed))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
  }

  @Test
  void exceptionThrownAtOnceIsAFailureOfTheStage() {
    method.body(argument -> {
      throw new IOException("down");
    });
    assertThatThrownBy(() -> Threads.result(method.callAsync("a")))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void concurrentCallsShareOneStage() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    List<CompletableFuture<String>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(method.callAsync("a", () -> stage));
    }
    Threads.until(() -> method.computations() > 0);
    stage.complete("later");
    for (CompletableFuture<String> caller : callers) {
      assertThat(Threads.result(caller)).isEqualTo("later");
    }
    assertThat(method.computations()).isOne();
  }

  @Test
  void cancellationOfOneCallerLeavesTheOthersAlone() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> stage);
    CompletableFuture<String> second = method.callAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 0);
    first.cancel(true);
    stage.complete("later");
    assertThat(Threads.result(second)).isEqualTo("later");
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("later");
    assertThat(method.computations()).isOne();
  }

  @Test
  void thoseWhoWaitedForAFailureComputeForThemselves() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 0);
    CompletableFuture<String> second = method.callAsync("a");
    stage.completeExceptionally(new IOException("down"));
    assertThat(first).failsWithin(java.time.Duration.ofSeconds(30));
    assertThat(Threads.result(second)).isEqualTo("a!");
  }

  @Test
  void evictionBeforeTheStageCompletesWins() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> caller = method.callAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 0);
    memo.evictTag("t");
    CompletableFuture<String> later = method.callAsync("a");
    stage.complete("stale");
    assertThat(Threads.result(caller)).isEqualTo("stale");
    assertThat(Threads.result(later)).isEqualTo("a!");
    assertThat(method.call("a")).isEqualTo("a!");
  }

  @Test
  void afterCloseTheMethodIsCalled() throws Exception {
    memo.close();
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void joinThrowsWhatItWouldWithoutTheCache() {
    CompletableFuture<String> failed =
        method.callAsync("a", () -> CompletableFuture.failedFuture(new IOException("down")));
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
  }
}
