package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.diskmemo.Average;
import io.diskmemo.DiskMemo;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.Throttle;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Throttles and averages, whose state lasts. */
class LastingStateTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final TestClock clock = new TestClock();
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory, clock);
  }

  @AfterEach
  void close() {
    threads.close();
    memo.close();
  }

  private static int drained(Throttle throttle) {
    int permits = 0;
    while (throttle.tryAcquire()) {
      permits++;
    }
    return permits;
  }

  @Test
  void bucketFillsEvenlyAndNotAboveAPeriod() {
    Throttle throttle = memo.throttle("t", 3, SECOND);

    assertThat(drained(throttle)).isEqualTo(3);
    clock.advance(Duration.ofMillis(333));
    assertThat(drained(throttle)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(drained(throttle)).isEqualTo(1);
    clock.advance(Duration.ofMillis(666)); // a whole second by now: nothing was lost to rounding
    assertThat(drained(throttle)).isEqualTo(2);
    clock.advance(Duration.ofDays(1000));
    assertThat(drained(throttle)).isEqualTo(3);
  }

  @Test
  void clockThatIsSetBackBringsNothingAndTheNextPermitComesInTime() {
    Throttle throttle = memo.throttle("t", 2, SECOND);
    assertThat(drained(throttle)).isEqualTo(2);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofDays(-1));
      assertThat(drained(throttle)).isZero();
      clock.advance(Duration.ofMillis(500));
      assertThat(drained(throttle)).isEqualTo(1);
    }
  }

  @Test
  void bucketOfAnotherRateIsConverted() {
    assertThat(memo.throttle("t", 10, SECOND).tryAcquire()).isTrue();

    assertThat(drained(memo.throttle("t", 4, SECOND.multipliedBy(7)))).isEqualTo(4);
    assertThat(memo.throttle("t", 10, SECOND).tryAcquire()).isFalse();
  }

  @Test
  void throttleWaitsUntilTheClockBringsAPermit() throws Exception {
    Throttle throttle = memo.throttle("t", 1, SECOND);
    assertThat(throttle.tryAcquire(Duration.ZERO)).isTrue();
    assertThat(throttle.tryAcquire(Duration.ZERO)).isFalse();
    assertThat(throttle.tryAcquire(Duration.ofMillis(5))).isFalse();
    List<Future<Boolean>> waiting = threads.begin(2, () -> {
      throttle.acquire();
      return true;
    });
    assertThat(waiting).noneMatch(Future::isDone);
    clock.advance(SECOND);
    Threads.until(() -> waiting.stream().filter(Future::isDone).count() == 1);
    clock.advance(SECOND);

    assertThat(Threads.results(waiting)).containsOnly(true);
    assertThat(throttle.tryAcquire()).isFalse();
  }

  @Test
  void interruptedWaitTakesNoPermit() throws Exception {
    Throttle throttle = memo.throttle("t", 1, SECOND);
    throttle.acquire();
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<String> waiting = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      try {
        throttle.acquire();
        return "granted";
      } catch (InterruptedException e) {
        return "interrupted";
      }
    });
    waiter.take().interrupt();
    assertThat(Threads.result(waiting)).isEqualTo("interrupted");
    clock.advance(SECOND);

    assertThat(throttle.tryAcquire(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void interruptedThreadTakesWhatNeedsNoWait() {
    Thread.currentThread().interrupt();

    assertThat(memo.throttle("t", 1, SECOND).tryAcquire()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void maintenanceRemovesThrottlesThatAreFull() throws Exception {
    for (int client = 0; client < 10; client++) {
      assertThat(memo.throttle("client " + client, 1, SECOND).tryAcquire()).isTrue();
    }
    memo.average("a").add(1);
    clock.advance(SECOND.multipliedBy(2));
    memo.maintenance().dryRun().run();
    assertThat(storedStates()).isEqualTo(11);
    memo.maintenance().run();

    assertThat(storedStates()).isEqualTo(1);
    assertThat(memo.average("a").count()).isEqualTo(1);
  }

  private long storedStates() throws Exception {
    try (Connection connection = DriverManager.getConnection(
            "jdbc:sqlite:" + directory.resolve("kinds/_coordination/cache-2-1.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM entry")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void threadsThatDoNotWaitGetThePermitsThatThereAre() throws Exception {
    Throttle throttle = memo.throttle("t", 1_000, Duration.ofDays(10));
    List<Future<Integer>> takers = threads.begin(8, () -> {
      int permits = 0;
      for (int i = 0; i < 50; i++) {
        permits += throttle.tryAcquire(Duration.ZERO) ? 1 : 0;
      }
      return permits;
    });

    assertThat(Threads.results(takers)).containsOnly(50);
  }

  /** One went on in files that nobody else had, for ever. */
  @Test
  void stateInADirectoryThatWasMadeAnewIsThatOfAll() throws Exception {
    Path store = directory.resolve("store");
    try (DiskMemo longOpen = Stores.open(store, clock)) {
      Average average = longOpen.average("a");
      average.add(1);
      average.add(3);
      assertThat(average.mean()).hasValue(2);
      Files.move(store, directory.resolve("removed"));
      try (DiskMemo fresh = Stores.open(store, clock)) {
        fresh.average("a").add(10);

        assertThat(average.mean()).hasValue(10);
        average.add(20);
        assertThat(fresh.average("a").mean()).hasValue(15);
        assertThat(average.mean()).hasValue(15);
        assertThat(drained(fresh.throttle("t", 3, SECOND))).isEqualTo(3);
        assertThat(longOpen.throttle("t", 3, SECOND).tryAcquire()).isFalse();
      }
    }
  }

  @Test
  void averageIsTheMean() {
    Average average = memo.average("a");
    assertThat(average.mean()).isEmpty();
    assertThat(average.count()).isZero();
    for (double number : new double[] {1e16, 1, -1e16, 3}) {
      average.add(number);
    }

    assertThat(average.mean().orElseThrow()).isCloseTo(1, within(0.0));
    assertThat(average.count()).isEqualTo(4);
  }

  @Test
  void averageRefusesWhatHasNoMean() {
    Average average = memo.average("a");
    average.add(Double.MAX_VALUE);
    assertThatThrownBy(() -> average.add(Double.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> average.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> average.add(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(average.count()).isEqualTo(1);
    average.reset();
    assertThat(average.mean()).isEmpty();
  }

  @Test
  void averageIsForgottenAfterItsTimeToLive() {
    Average average = memo.average("a", Duration.ofMinutes(1));
    average.add(1);
    clock.advance(Duration.ofSeconds(59));
    average.add(2);
    clock.advance(Duration.ofSeconds(59));
    assertThat(average.count()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(average.count()).isZero();
    average.add(5);

    assertThat(average.mean()).hasValue(5);
  }

  /** Its milliseconds do not fit a number. */
  @Test
  void averageWhoseTimeToLiveNoClockCanTellIsKeptForEver() {
    for (Duration ttl :
        List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofMillis(Long.MAX_VALUE))) {
      Average average = memo.average("a" + ttl, ttl);
      average.add(1);
      clock.advance(Duration.ofDays(1_000_000));
      assertThat(average.count()).isEqualTo(1);
    }
  }

  @Test
  void threadsAddWithoutLosses() throws Exception {
    List<Future<Boolean>> adding = threads.begin(4, () -> {
      for (int i = 1; i <= 50; i++) {
        memo.average("a").add(i);
      }
      return true;
    });

    assertThat(Threads.results(adding)).containsOnly(true);
    assertThat(memo.average("a").mean()).hasValue(25.5);
    assertThat(memo.average("a").count()).isEqualTo(200);
  }

  @Test
  void stateIsNoKindThatUsersEvictOrMaintain() {
    memo.kind("users").put("a", "b", Duration.ofDays(1), "tag");
    memo.average("a").add(1);
    assertThat(memo.throttle("t", 1, SECOND).tryAcquire()).isTrue();
    memo.evictTag("tag");
    memo.maintenance().run();
    memo.maintenance().backup();
    memo.maintenance().clear();

    assertThat(memo.kindNames()).containsExactly("users");
    assertThat(memo.average("a").count()).isEqualTo(1);
    assertThat(memo.throttle("t", 1, SECOND).tryAcquire()).isFalse();
    assertThatThrownBy(() -> memo.kind("_coordination"))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void stateOutlivesTheOpening() {
    memo.average("a").add(3);
    assertThat(memo.throttle("t", 1, SECOND).tryAcquire()).isTrue();
    Average closed = memo.average("a");
    memo.close();
    assertThatThrownBy(closed::count).isInstanceOf(IllegalStateException.class);
    open();

    assertThat(memo.average("a").mean()).hasValue(3);
    assertThat(memo.throttle("t", 1, SECOND).tryAcquire()).isFalse();
  }

  @Test
  void limitsOfRatesAreChecked() {
    List<Duration> periods =
        new ArrayList<>(List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(101)));
    periods.add(Duration.ofSeconds(-1));
    for (Duration period : periods) {
      assertThatThrownBy(() -> memo.throttle("t", 1, period))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int permits : new int[] {-1, 0, 1_000_001}) {
      assertThatThrownBy(() -> memo.throttle("t", permits, SECOND))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration ttl : List.of(
        Duration.ZERO,
        Duration.ofNanos(999_999),
        ChronoUnit.FOREVER.getDuration().negated())) {
      assertThatThrownBy(() -> memo.average("a", ttl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the ttl of an average is 1 ms or more, not " + ttl);
    }
    assertThat(memo.throttle("t", 1_000_000, Duration.ofDays(100)).tryAcquire()).isTrue();
  }
}
