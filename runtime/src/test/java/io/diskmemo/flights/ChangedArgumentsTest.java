package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of methods whose result comes later, which change after the call. */
@Timeout(60)
class ChangedArgumentsTest {
  private static final Duration TTL = Duration.ofDays(10);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  /** What the argument holds each time when its key is made; the last for ever. */
  private volatile String contents = "1";

  private final AtomicInteger looks = new AtomicInteger();
  private DiskMemo memo;

  @AfterEach
  void close() {
    memo.close();
  }

  private TestMethod<String> open(Profile.Builder profile) {
    memo = Stores.open(
        directory, clock, profile.ttl(TTL).timeout(Duration.ofSeconds(30)).build());
    return TestMethod.text("m")
        .spec(MethodSpec.Builder::receiverMayChange)
        .key((key, argument) -> key.write(content()))
        .in(memo);
  }

  private char content() {
    return contents.charAt(Math.min(looks.getAndIncrement(), contents.length() - 1));
  }

  private void holds(String inTurn) {
    looks.set(0);
    contents = inTurn;
  }

  private Stats stats() {
    return memo.kind("default").stats();
  }

  private static String result(TestMethod<String> method, Supplier<CompletableFuture<String>> stage)
      throws Exception {
    return Threads.result(method.callAsync("a", stage::get));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "121", "1121", "1112"})
  void resultIsForTheCallerAlone(String inTurn) throws Exception {
    TestMethod<String> method = open(Profile.builder());
    holds(inTurn);

    assertThat(result(method, () -> CompletableFuture.completedFuture("of 2"))).isEqualTo("of 2");
    assertThat(stats().refusedFileChanged()).isEqualTo(1);
    assertThat(stats().stores()).isZero();
    holds("1");
    assertThat(result(method, () -> CompletableFuture.completedFuture("of 1"))).isEqualTo("of 1");
    assertThat(method.peek("a")).contains("of 1");
  }

  @Test
  void callersThatWaitComputeForThemselves() throws Exception {
    TestMethod<String> method = open(Profile.builder());
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> {
      holds("11"); // of the second caller, and when the first stage has begun
      return stage;
    });
    Threads.until(() -> method.computations() == 1);
    CompletableFuture<String> second =
        method.callAsync("a", () -> CompletableFuture.completedFuture("of 1"));
    holds("21"); // when the first stage is complete, and from then on
    stage.complete("of 2");

    assertThat(Threads.result(first)).isEqualTo("of 2");
    assertThat(Threads.result(second)).isEqualTo("of 1");
    assertThat(method.peek("a")).contains("of 1");
  }

  @Test
  void explicitRefreshLeavesWhatIsThere() throws Exception {
    TestMethod<String> method = open(Profile.builder());
    result(method, () -> CompletableFuture.completedFuture("first"));
    holds("12");

    assertThat(Threads.result(
            method.refreshAsync("a", () -> CompletableFuture.completedFuture("of 2"))))
        .isEqualTo("of 2");
    holds("1");
    assertThat(method.peek("a")).contains("first");
  }

  @Test
  void refreshOfAHitGivesThePresentResult() throws Exception {
    TestMethod<String> method = open(Profile.builder().earlyRefresh(1000));
    CompletableFuture<String> begun = new CompletableFuture<>();
    CompletableFuture<String> first = method.callAsync("a", () -> begun);
    Threads.until(() -> method.computations() == 1);
    Patience.moment(Duration.ofMillis(5)); // a cost that leaves chance nothing to decide
    begun.complete("first");
    assertThat(Threads.result(first)).isEqualTo("first");
    clock.advance(TTL.minusMillis(1));
    holds("112"); // changes while the method is called

    assertThat(result(method, () -> CompletableFuture.completedFuture("of 2"))).isEqualTo("first");
    holds("1");
    assertThat(method.peek("a")).contains("first");
    assertThat(stats().refusedFileChanged()).isEqualTo(1);
    assertThat(stats().refreshes()).isZero();
  }
}
