package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  void whoCannotHaveACopyCallsTheMethodInNoThreadOfTheDisk() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Codec<String> readsOnce = new Codec<>() {
      @Override
      public void write(ValueWriter out, String value) {
        out.writeString(value);
      }

      @Override
      public String read(ValueReader in) {
        if (reads.incrementAndGet() > 1) {
          throw new IllegalStateException("of a class that refuses to be made again");
        }
        return in.readString();
      }
    };
    TestMethod<String> copied = TestMethod.copied("c", readsOnce, a -> a).in(memo);
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> first = copied.callAsync("a", () -> stage);
    CompletableFuture<String> second = copied.callAsync(
        "a", () -> CompletableFuture.completedFuture(Thread.currentThread().getName()));
    Threads.until(() -> copied.computations() > 0);
    stage.complete("x");

    assertThat(Threads.result(first)).isEqualTo("x");
    assertThat(Threads.result(second)).doesNotStartWith("diskmemo");
    assertThat(copied.computations()).isEqualTo(2);
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
    assertThat(first).failsWithin(Duration.ofSeconds(30));
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

  /** Stages that fail in every way, begun anew for each caller. */
  static Stream<Supplier<CompletionStage<String>>> failures() {
    return Stream.of(
        () -> CompletableFuture.failedFuture(new IOException("down")),
        () -> CompletableFuture.failedFuture(new CompletionException(new IOException("down"))),
        () -> CompletableFuture.supplyAsync(() -> {
          throw new IllegalStateException("down");
        }),
        () -> CompletableFuture.supplyAsync(() -> {
          throw new CompletionException("own", new IOException("down"));
        }),
        () -> CompletableFuture.<String>failedFuture(new IOException("down")).thenApply(s -> s),
        () -> {
          CompletableFuture<String> cancelled = new CompletableFuture<>();
          cancelled.cancel(true);
          return cancelled;
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void dependentsSeeTheFailureThatTheMethodsOwnStageShows(Supplier<CompletionStage<String>> stage) {
    String own = seenByDependents(stage.get());

    assertThat(seenByDependents(method.callAsync("a", stage))).isEqualTo(own);
    assertThat(seenByDependents(method.refreshAsync("a", stage))).isEqualTo(own);
    memo.close();
    assertThat(seenByDependents(method.callAsync("a", stage))).isEqualTo(own);
  }

  private static String seenByDependents(CompletionStage<String> stage) {
    return stage
        .handle((value, failure) -> {
          assertThat(stage.toCompletableFuture().isCancelled())
              .isEqualTo(failure instanceof CancellationException);
          return failure + " of " + failure.getCause();
        })
        .toCompletableFuture()
        .join();
  }

  @Test
  void thoseWhoWaitedForAFailureSeeTheirOwn() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 0);
    CompletableFuture<String> second =
        method.callAsync("a", () -> CompletableFuture.failedFuture(new IOException("second")));
    stage.completeExceptionally(new IOException("first"));

    assertThat(seenByDependents(first)).isEqualTo("java.io.IOException: first of null");
    assertThat(seenByDependents(second)).isEqualTo("java.io.IOException: second of null");
  }

  @Test
  void stageThatCompletesAfterTheEndReachesItsCaller() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> caller = method.callAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 0);
    memo.close();
    stage.complete("later");
    assertThat(Threads.result(caller)).isEqualTo("later");
  }

  /** There are fewer threads for the disk than calls here. */
  @Test
  void whatCallersDoWithAResultMayWaitForFurtherCalls() throws Exception {
    List<CompletableFuture<String>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String argument = "a" + i;
      callers.add(method
          .callAsync(argument)
          .thenApply(value -> value + method.callAsync(argument + "+").join()));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(Threads.result(callers.get(i))).isEqualTo("a%1$d!a%1$d+!", i);
    }
  }

  @Test
  void stageThatNeverCompletesIsNotWaitedForWithoutEnd() throws Exception {
    memo.close();
    memo = Stores.open(
        directory, Profile.builder().lockWait(Duration.ofMillis(100)).build());
    method = TestMethod.text("m").in(memo);
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> never);
    Threads.until(() -> method.computations() > 0);

    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    assertThat(first).isNotDone();
    assertThat(memo.kind("default").stats().alone()).isOne();
    never.complete("at last");
    assertThat(Threads.result(first)).isEqualTo("at last");
  }

  @Test
  void failingMethodIsNotCalledByOneCallerAfterAnother() throws Exception {
    List<CompletableFuture<String>> stages = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<String>> callers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      callers.add(method.callAsync("a", () -> {
        CompletableFuture<String> stage = new CompletableFuture<>();
        stages.add(stage);
        return stage;
      }));
    }
    for (int i = 0; i < 2; i++) {
      int begun = i;
      Threads.until(() -> stages.size() > begun);
      assertThat(stages).hasSize(begun + 1);
      stages.get(i).completeExceptionally(new IOException("down"));
    }
    Threads.until(() -> stages.size() == callers.size()); // each for himself
    for (CompletableFuture<String> stage : stages) {
      stage.completeExceptionally(new IOException("down"));
    }
    for (CompletableFuture<String> caller : callers) {
      assertThatThrownBy(() -> Threads.result(caller)).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void refreshTakesThePlaceOfWhatIsThere() throws Exception {
    Threads.result(method.callAsync("a"));

    assertThat(Threads.result(
            method.refreshAsync("a", () -> CompletableFuture.completedFuture("new"))))
        .isEqualTo("new");
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("new");
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void oldResultStaysUntilARefreshSucceeds() throws Exception {
    Threads.result(method.callAsync("a"));
    CompletableFuture<String> stage = new CompletableFuture<>();

    CompletableFuture<String> refreshed = method.refreshAsync("a", () -> stage);
    Threads.until(() -> method.computations() > 1);
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    stage.completeExceptionally(new IOException("down"));

    assertThat(seenByDependents(refreshed)).isEqualTo("java.io.IOException: down of null");
    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void refreshJoinsNoStageThatWasBegunBefore() throws Exception {
    CompletableFuture<String> older = new CompletableFuture<>();
    CompletableFuture<String> caller = method.callAsync("a", () -> older);
    Threads.until(() -> method.computations() > 0);

    assertThat(Threads.result(
            method.refreshAsync("a", () -> CompletableFuture.completedFuture("new"))))
        .isEqualTo("new");
    older.complete("old");
    Threads.result(caller);

    assertThat(Threads.result(method.callAsync("a"))).isEqualTo("new");
  }
}
