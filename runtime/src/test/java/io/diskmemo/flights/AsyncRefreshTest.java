package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that come later, computed anew before their end, and handed out after it. */
class AsyncRefreshTest {
  private static final Duration TTL = Duration.ofDays(10);
  private static final Duration LATE = Duration.ofMinutes(1);

  /** So costly that chance, a moment before the end, has next to nothing to decide. */
  private static final Duration COST = Duration.ofMillis(5);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  /** The stages of the method, each of which the test completes when it wants to. */
  private final LinkedBlockingQueue<CompletableFuture<String>> stages = new LinkedBlockingQueue<>();

  private DiskMemo memo;

  @AfterEach
  void close() {
    memo.close();
  }

  private TestMethod<String> open(Profile.Builder profile) {
    memo = Stores.open(
        directory, clock, profile.ttl(TTL).timeout(Duration.ofSeconds(30)).build());
    return TestMethod.text("m").tags("t").in(memo);
  }

  private CompletionStage<String> stage() {
    CompletableFuture<String> begun = new CompletableFuture<>();
    stages.add(begun);
    return begun;
  }

  private static Profile.Builder early() {
    return Profile.builder().earlyRefresh(1000);
  }

  private Stats stats() {
    return memo.kind("default").stats();
  }

  private void first(TestMethod<String> method) throws Exception {
    CompletableFuture<String> result = method.callAsync("a", this::stage);
    CompletableFuture<String> begun = stages.take();
    Patience.moment(COST);
    begun.complete("first");
    assertThat(Threads.result(result)).isEqualTo("first");
    assertThat(stats().stores()).isEqualTo(1);
  }

  /** Chance may say no, if rarely. */
  private CompletableFuture<String> refreshBegun(TestMethod<String> method) throws Exception {
    while (stages.isEmpty()) {
      assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("first");
    }
    return stages.take();
  }

  private void nearTheEnd() {
    clock.advance(TTL.minusMillis(1));
  }

  @Test
  void hitNearItsEndIsRefreshedOnceAndNobodyWaits() throws Exception {
    TestMethod<String> method = open(early());
    first(method);
    nearTheEnd();
    CompletableFuture<String> begun = refreshBegun(method);
    for (int i = 0; i < 50; i++) {
      assertThat(method.callAsync("a", this::stage)).isCompletedWithValue("first");
    }
    assertThat(method.computations()).isEqualTo(2);
    begun.complete("second");
    Threads.until(() -> stats().refreshes() == 1);

    assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("second");
    clock.advance(Duration.ofMinutes(5)); // past the first end
    assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("second");
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void hitFarFromItsEndIsNotRefreshed() throws Exception {
    TestMethod<String> method = open(early());
    first(method);
    clock.advance(TTL.dividedBy(2));
    for (int i = 0; i < 100; i++) {
      assertThat(method.callAsync("a", this::stage)).isCompletedWithValue("first");
    }
    assertThat(method.computations()).isEqualTo(1);
  }

  /** What another opening does is what another process does. */
  @Test
  void oneOfSeveralProcessesRefreshes() throws Exception {
    TestMethod<String> method = open(early());
    first(method);
    nearTheEnd();
    try (DiskMemo other = Stores.open(directory, clock, early().ttl(TTL).build())) {
      TestMethod<String> same = TestMethod.text("m").tags("t").in(other);
      CompletableFuture<String> begun = refreshBegun(same); // of a hit on disk
      for (int i = 0; i < 20; i++) {
        assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("first");
      }
      begun.complete("second");
      Threads.until(() -> other.kind("default").stats().refreshes() == 1);
    }

    assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("second");
    assertThat(method.computations()).isEqualTo(1);
  }

  @Test
  void refreshThatFailsIsNobodysAndStoresNothing() throws Exception {
    TestMethod<String> method = open(early());
    first(method);
    nearTheEnd();
    refreshBegun(method).completeExceptionally(new IOException("not now"));
    Threads.until(() -> stats().refreshesFailed() == 1);
    refreshBegun(method).complete("second"); // the lease was given back
    Threads.until(() -> stats().refreshes() == 1);

    assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("second");
    assertThat(stats().stores()).isEqualTo(2);
  }

  /** Its arguments or its receiver may change before another call would look at them. */
  @Test
  void methodThatCannotBeCalledLaterIsRefreshedForTheCaller() throws Exception {
    open(early());
    TestMethod<String> method =
        TestMethod.text("m").spec(MethodSpec.Builder::receiverMayChange).in(memo);
    first(method);
    nearTheEnd();
    CompletableFuture<String> call = method.callAsync("a", this::stage);
    while (stages.isEmpty()) {
      if (call.isDone()) { // chance said no
        assertThat(call).isCompletedWithValue("first");
        call = method.callAsync("a", this::stage);
      }
      Patience.moment(Duration.ofMillis(1));
    }
    stages.take().complete("second");

    assertThat(Threads.result(call)).isEqualTo("second");
    assertThat(stats().refreshes()).isEqualTo(1);
  }

  @Test
  void resultThatIsEvictedWhileItIsRefreshedIsNotStored() throws Exception {
    TestMethod<String> method = open(early());
    first(method);
    nearTheEnd();
    CompletableFuture<String> begun = refreshBegun(method);
    memo.evictTag("t");
    begun.complete("outdated");
    Threads.until(() -> stats().refusedEvicted() == 1);
    CompletableFuture<String> call = method.callAsync("a", this::stage);
    stages.take().complete("right");

    assertThat(Threads.result(call)).isEqualTo("right");
  }

  @Test
  void lateResultIsHandedOutWhileItIsComputedAnewOnce() throws Exception {
    TestMethod<String> method = open(Profile.builder().staleWhileRefreshing(LATE));
    first(method);
    clock.advance(TTL.plusSeconds(1));
    for (int i = 0; i < 20; i++) {
      assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("first");
    }
    CompletableFuture<String> begun = stages.take();
    assertThat(stages).isEmpty();
    assertThat(stats().staleWhileRefreshing()).isPositive();
    begun.complete("second");
    Threads.until(() -> stats().refreshes() == 1);

    assertThat(Threads.result(method.callAsync("a", this::stage))).isEqualTo("second");
  }

  @Test
  void lateResultStandsInForAFailure() throws Exception {
    TestMethod<String> method = open(Profile.builder().staleIfError(LATE));
    first(method);
    clock.advance(TTL.plusSeconds(1));
    CompletableFuture<String> call = method.callAsync("a", this::stage);
    stages.take().completeExceptionally(new IOException("down"));
    assertThat(Threads.result(call)).isEqualTo("first");
    assertThat(stats().staleIfError()).isEqualTo(1);
    CompletableFuture<String> next =
        method.callAsync("a", this::stage); // the failure was not stored
    stages.take().complete("second");

    assertThat(Threads.result(next)).isEqualTo("second");
  }

  @Test
  void errorsInterruptsAndWhatIsTooLateComeThrough() throws Exception {
    TestMethod<String> method = open(Profile.builder().staleIfError(LATE));
    first(method);
    clock.advance(TTL.plusSeconds(1));
    for (Throwable failure :
        new Throwable[] {new AssertionError("mine"), new InterruptedException("mine")}) {
      CompletableFuture<String> call = method.callAsync("a", this::stage);
      stages.take().completeExceptionally(failure);
      assertThatThrownBy(() -> Threads.result(call)).cause().isSameAs(failure);
    }
    clock.advance(LATE);
    IOException tooLate = new IOException("mine");
    CompletableFuture<String> call = method.callAsync("a", this::stage);
    stages.take().completeExceptionally(tooLate);

    assertThatThrownBy(() -> Threads.result(call)).cause().isSameAs(tooLate);
  }
}
