package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are handed out after their end. */
class LateResultsTest {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration LATE = Duration.ofMinutes(1);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final Threads threads = new Threads();
  private final CountDownLatch refreshing = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private DiskMemo memo;

  @AfterEach
  void close() {
    go.countDown();
    threads.close();
    memo.close();
  }

  private void open(Profile.Builder profile) {
    memo = Stores.open(directory, clock, profile.ttl(TTL).build());
  }

  private TestMethod<String> method() {
    return TestMethod.text("m").tags("t").in(memo);
  }

  private Stats stats() {
    return memo.kind("default").stats();
  }

  private void blocks(TestMethod<String> method) {
    method.body(argument -> {
      refreshing.countDown();
      go.await();
      return "new";
    });
  }

  @Test
  void callersGetTheLateResultWhileOneComputesAnew() throws Exception {
    open(Profile.builder().staleWhileRefreshing(LATE));
    TestMethod<String> method = method();
    method.call("a");
    blocks(method);
    clock.advance(TTL.plusSeconds(1));
    List<Future<String>> calls = threads.begin(8, () -> method.call("a"));

    assertThat(Threads.results(calls)).containsOnly("a!");
    refreshing.await();
    assertThat(method.computations()).isEqualTo(2);
    assertThat(stats().staleWhileRefreshing()).isPositive();
    go.countDown();
    Threads.until(() -> stats().refreshes() == 1);
    assertThat(method.call("a")).isEqualTo("new");
  }

  @Test
  void resultThatIsTooLateIsComputedByTheCaller() {
    open(Profile.builder().staleWhileRefreshing(LATE));
    TestMethod<String> method = method();
    method.call("a");
    method.body(argument -> "new");
    clock.advance(TTL.plus(LATE));

    assertThat(method.call("a")).isEqualTo("new");
    assertThat(stats().staleWhileRefreshing()).isZero();
  }

  @Test
  void withoutTheSettingNobodyGetsALateResult() {
    open(Profile.builder());
    TestMethod<String> method = method();
    method.call("a");
    method.body(argument -> "new");
    clock.advance(TTL);

    assertThat(method.call("a")).isEqualTo("new");
  }

  private static List<UnaryOperator<MethodSpec.Builder<String>>> methodsOfNow() {
    return List.of(MethodSpec.Builder::receiverMayChange, MethodSpec.Builder::ignoresObjects);
  }

  /** Its arguments or its receiver may be others before it is called, or be closed. */
  @ParameterizedTest
  @MethodSource("methodsOfNow")
  void methodThatCannotBeCalledLaterIsComputedByTheCaller(
      UnaryOperator<MethodSpec.Builder<String>> ofNow) {
    open(Profile.builder().staleWhileRefreshing(LATE));
    TestMethod<String> method = TestMethod.text("m").spec(ofNow).in(memo);
    method.call("a");
    method.body(argument -> "new");
    clock.advance(TTL);

    assertThat(method.call("a")).isEqualTo("new");
  }

  @Test
  void evictedResultIsNotHandedOutLate() {
    open(Profile.builder().staleWhileRefreshing(LATE).staleIfError(LATE));
    TestMethod<String> method = method();
    method.call("a");
    method.body(argument -> "new");
    clock.advance(TTL);
    memo.evictTag("t");

    assertThat(method.call("a")).isEqualTo("new");
  }

  @Test
  void lateResultStandsInForAFailureAndIsCounted() {
    open(Profile.builder().staleIfError(LATE));
    TestMethod<String> method = method();
    method.call("a");
    method.body(argument -> {
      throw new IOException("not now");
    });
    clock.advance(TTL);

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(3);
    assertThat(stats().staleIfError()).isEqualTo(2);
    clock.advance(LATE);
    assertThatThrownBy(() -> method.call("a"))
        .isInstanceOf(IOException.class)
        .hasMessage("not now");
  }

  @Test
  void errorsAndInterruptsReachTheCaller() {
    open(Profile.builder().staleIfError(LATE));
    TestMethod<String> method = method();
    method.call("a");
    clock.advance(TTL);
    method.body(argument -> {
      throw new InterruptedException();
    });
    assertThatThrownBy(() -> method.call("a")).isInstanceOf(InterruptedException.class);
    method.body(argument -> {
      throw new AssertionError("of the method");
    });
    assertThatThrownBy(() -> method.call("a")).isInstanceOf(AssertionError.class);
  }

  @Test
  void withoutTheSettingTheFailureReachesTheCaller() {
    open(Profile.builder());
    TestMethod<String> method = method();
    method.call("a");
    method.body(argument -> {
      throw new IOException("not now");
    });
    clock.advance(TTL);

    assertThatThrownBy(() -> method.call("a")).isInstanceOf(IOException.class);
  }

  @Test
  void maintenanceKeepsWhatIsStillOfUse() {
    open(Profile.builder().staleIfError(LATE));
    TestMethod<String> method = method();
    method.call("a");
    clock.advance(TTL);
    assertThat(memo.kind("default").expire()).isZero();
    clock.advance(LATE);

    assertThat(memo.kind("default").expire()).isEqualTo(1);
  }
}
