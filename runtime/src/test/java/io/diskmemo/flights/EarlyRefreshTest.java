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
import io.diskmemo.testkit.WriteLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are computed anew before their end. */
class EarlyRefreshTest {
  private static final Duration TTL = Duration.ofDays(10);

  /** So costly that chance, a moment before the end, has next to nothing to decide. */
  private static final Duration COST = Duration.ofMillis(5);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final Threads threads = new Threads();
  private final AtomicInteger versions = new AtomicInteger();
  private final CountDownLatch refreshing = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = open(profile().build());
  }

  private DiskMemo open(Profile profile) {
    return Stores.open(directory, clock, profile);
  }

  /** A first result that is not stored in time on a busy machine would never be near its end. */
  private static Profile.Builder profile() {
    return Profile.builder().ttl(TTL).earlyRefresh(1000).timeout(Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    go.countDown();
    threads.close();
    memo.close();
  }

  private TestMethod.Builder<String> text() {
    return TestMethod.text("m").body(argument -> {
      Patience.moment(COST);
      return argument + versions.incrementAndGet();
    });
  }

  private TestMethod<String> aside() {
    return text().in(memo);
  }

  private Stats stats() {
    return memo.kind("default").stats();
  }

  /** Chance may say no, if rarely. */
  private static void untilRefreshed(TestMethod<String> method, BooleanSupplier condition) {
    Threads.until(() -> {
      method.call("a");
      return condition.getAsBoolean();
    });
  }

  /** A moment before its end, where nearly every draw of chance says that it is due. */
  private void nearTheEnd() {
    assertThat(stats().stores()).as("results that can come to their end").isPositive();
    clock.advance(TTL.minusMillis(1));
  }

  @Test
  void hitFarFromItsEndIsNotRefreshed() {
    TestMethod<String> method = aside();
    method.call("a");
    clock.advance(TTL.dividedBy(2));
    for (int i = 0; i < 100; i++) {
      assertThat(method.call("a")).isEqualTo("a1");
    }
    assertThat(method.computations()).isEqualTo(1);
    assertThat(stats().memoryHits()).isEqualTo(100);
  }

  @Test
  void hitNearItsEndIsRefreshedAsideAndTheCallerGetsThePresentResult() {
    TestMethod<String> method = aside();
    method.call("a");
    nearTheEnd();
    assertThat(method.call("a")).isEqualTo("a1");
    untilRefreshed(method, () -> stats().refreshes() > 0);
    clock.advance(Duration.ofMinutes(5)); // past the first end

    assertThat(method.call("a")).isNotEqualTo("a1");
    assertThat(stats().missesExpired()).isZero();
  }

  /** Nor is there in memory what is read while another writes. */
  @Test
  void hitThatMemoryHasNoRoomForIsRefreshed() {
    memo.close();
    memo = open(profile().memoryLimit(0).build());
    TestMethod<String> method = aside();
    method.call("a");
    nearTheEnd();
    assertThat(method.call("a")).isEqualTo("a1");
    untilRefreshed(method, () -> stats().refreshes() > 0);

    assertThat(method.call("a")).isEqualTo("a2");
    assertThat(stats().memoryHits()).isZero();
  }

  /** What was not stored has no end to come near to, so that the caller computes it. */
  @Test
  void resultThatCouldNotBeStoredIsComputedAndNotRefreshed() throws Exception {
    memo.close();
    memo = open(profile().timeout(Duration.ofSeconds(1)).build());
    TestMethod<String> method = aside();
    assertThat(method.call("other")).isEqualTo("other1");
    WriteLock busy = WriteLock.hold(directory);
    assertThat(method.call("a")).isEqualTo("a2");
    busy.close();
    nearTheEnd();

    assertThat(method.call("a")).isEqualTo("a3");
    assertThat(method.call("a")).isEqualTo("a3");
    assertThat(stats().refreshes()).isZero();
  }

  /** Its arguments or its receiver may change before another thread would look at them. */
  @Test
  void methodThatCannotBeCalledLaterIsRefreshedByTheCaller() {
    TestMethod<String> method =
        text().spec(MethodSpec.Builder::receiverMayChange).in(memo);
    method.call("a");
    nearTheEnd();

    untilRefreshed(method, () -> stats().refreshes() > 0);
    assertThat(method.call("a")).isEqualTo("a2");
    assertThat(stats().refreshes()).isEqualTo(1);
  }

  @Test
  void interruptDuringACallersRefreshIsTheCallers() {
    TestMethod<String> method =
        text().spec(MethodSpec.Builder::receiverMayChange).in(memo);
    method.call("a");
    nearTheEnd();
    method.body(argument -> {
      throw new InterruptedException();
    });

    Threads.until(() -> {
      assertThat(method.call("a")).isEqualTo("a1");
      return Thread.interrupted();
    });
  }

  @Test
  void oneOfManyRefreshes() throws Exception {
    TestMethod<String> method = aside();
    method.call("a");
    method.body(argument -> {
      refreshing.countDown();
      go.await();
      return "new";
    });
    nearTheEnd();
    List<Future<String>> calls = threads.begin(16, () -> method.call("a"));

    assertThat(Threads.results(calls)).containsOnly("a1");
    refreshing.await();
    assertThat(method.computations()).isEqualTo(2);
    go.countDown();
    Threads.until(() -> stats().refreshes() == 1);
    assertThat(method.call("a")).isEqualTo("new");
  }

  /** What another opening does is what another process does. */
  @Test
  void oneOfSeveralProcessesRefreshes() throws Exception {
    TestMethod<String> method = aside();
    method.call("a");
    nearTheEnd();
    try (DiskMemo other = open(profile().build())) {
      TestMethod<String> same = TestMethod.text("m")
          .body(argument -> {
            refreshing.countDown();
            go.await();
            return "other";
          })
          .in(other);
      assertThat(same.call("a")).isEqualTo("a1");
      untilRefreshed(same, () -> refreshing.getCount() == 0);

      for (int i = 0; i < 20; i++) {
        assertThat(method.call("a")).isEqualTo("a1");
      }
      go.countDown();
      Threads.until(() -> other.kind("default").stats().refreshes() == 1);
    }
    assertThat(method.call("a")).isEqualTo("other");
    assertThat(method.computations()).isEqualTo(1);
  }

  @Test
  void failureOfARefreshIsNobodys() {
    TestMethod<String> method =
        text().spec(MethodSpec.Builder::receiverMayChange).in(memo);
    method.call("a");
    method.body(argument -> {
      throw new IOException("not now");
    });
    nearTheEnd();

    Threads.until(() -> {
      assertThat(method.call("a")).isEqualTo("a1");
      return stats().refreshesFailed() == 1;
    });
  }

  @Test
  void resultThatIsEvictedWhileItIsRefreshedIsNotStored() throws Exception {
    TestMethod<String> method = TestMethod.text("m")
        .tags("t")
        .body(argument -> {
          Patience.moment(COST);
          return "old";
        })
        .in(memo);
    method.call("a");
    method.body(argument -> {
      refreshing.countDown();
      go.await();
      return "outdated";
    });
    nearTheEnd();
    untilRefreshed(method, () -> refreshing.getCount() == 0);
    memo.evictTag("t");
    go.countDown();
    Threads.until(() -> stats().refusedEvicted() == 1);
    method.body(argument -> "right");

    assertThat(method.call("a")).isEqualTo("right");
  }

  @Test
  void resultWithoutAnEndIsNeverRefreshed() {
    try (DiskMemo forEver = Stores.open(
        directory.resolve("other"), clock, Profile.builder().earlyRefresh(1000).build())) {
      TestMethod<String> method = text().in(forEver);
      method.call("a");
      clock.advance(Duration.ofDays(36500));

      assertThat(method.call("a")).isEqualTo("a1");
    }
  }

  @Test
  void nothingIsRefreshedAfterTheEnd() throws Exception {
    TestMethod<String> method = aside();
    for (String key : List.of("a", "b", "c", "d")) {
      method.call(key);
    }
    method.body(argument -> {
      refreshing.countDown();
      go.await();
      return "late";
    });
    nearTheEnd();
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(method.call(key)).startsWith(key); // two begin, and two wait for these
    }
    refreshing.await();
    Threads.until(() -> method.computations() == 6);
    memo.close();
    go.countDown();

    try (DiskMemo again =
        Stores.open(directory, clock, Profile.builder().ttl(TTL).build())) {
      TestMethod<String> same = TestMethod.text("m").body(argument -> "new").in(again);
      assertThat(same.call("d")).isEqualTo("d4");
      assertThat(same.call("a")).isEqualTo("a1");
    }
    assertThat(method.computations()).isEqualTo(6);
  }
}
