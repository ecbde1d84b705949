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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of methods whose result comes later, which change after the call. */
class ChangedArgumentsTest {
  private static final Duration TTL = Duration.ofDays(10);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  /** What the argument holds each time when its key is made; the last for ever. */
  private final AtomicReference<Deque<Character>> contents = new AtomicReference<>(characters("1"));

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
        .key((key, argument) -> key.writeChar(content()))
        .in(memo);
  }

  private char content() {
    Deque<Character> inTurn = contents.get();
    synchronized (inTurn) {
      return inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
    }
  }

  private int left() {
    Deque<Character> inTurn = contents.get();
    synchronized (inTurn) {
      return inTurn.size();
    }
  }

  private static Deque<Character> characters(String text) {
    return text.chars().mapToObj(i -> (char) i).collect(Collectors.toCollection(ArrayDeque::new));
  }

  private void holds(String inTurn) {
    contents.set(characters(inTurn));
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
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> first = method.callAsync("a", () -> {
      holds("111"); // of the second caller, and when the first stage has begun; one is left
      begun.countDown();
      return stage;
    });
    begun.await();
    CompletableFuture<String> second =
        method.callAsync("a", () -> CompletableFuture.completedFuture("of 1"));
    Threads.until(() -> left() == 1);
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
    while (stats().refusedFileChanged() == 0) { // chance may say no, if rarely
      holds("112"); // changes while the method is called
      assertThat(result(method, () -> CompletableFuture.completedFuture("of 2")))
          .isEqualTo("first");
    }
    holds("1");
    assertThat(method.peek("a")).contains("first");
    assertThat(stats().refusedFileChanged()).isEqualTo(1);
    assertThat(stats().refreshes()).isZero();
  }
}
