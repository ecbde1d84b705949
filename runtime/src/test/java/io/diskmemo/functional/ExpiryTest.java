package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
  private static final Profile FIVE_MINUTES =
      Profile.builder().ttl(Duration.ofMinutes(5)).build();

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  @Test
  void resultLivesInMemoryAsLongAsItsMethodSays() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> method = oneMinute(memo);
      method.call("a");

      clock.advance(Duration.ofMinutes(1).minusMillis(1));
      method.call("a");
      assertThat(method.computations()).isEqualTo(1);

      clock.advance(Duration.ofMillis(1));
      method.call("a");
      method.call("a");
      assertThat(method.computations()).isEqualTo(2);
      Stats stats = memo.kind("default").stats();
      assertThat(stats.missesExpired()).isEqualTo(1);
      assertThat(stats.entries()).isEqualTo(1);
    }
  }

  @Test
  void resultLivesOnDiskAsLongAsItsMethodSays() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      oneMinute(memo).call("a");
    }
    clock.advance(Duration.ofMinutes(1).minusMillis(1));
    assertThat(computationsAfterReopening()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(computationsAfterReopening()).isEqualTo(1);
    assertThat(computationsAfterReopening()).isZero();
  }

  private int computationsAfterReopening() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> method = oneMinute(memo);
      method.call("a");
      return method.computations();
    }
  }

  @Test
  void profileDecidesForMethodsThatSayNothing() {
    try (DiskMemo memo = Stores.open(directory, clock, FIVE_MINUTES)) {
      TestMethod<String> silent = TestMethod.text("silent").in(memo);
      TestMethod<String> own = oneMinute(memo);
      TestMethod<String> never =
          TestMethod.text("never").spec(s -> s.neverExpires()).in(memo);
      for (int minutes = 0; minutes < 10; minutes += 2) {
        silent.call("a");
        own.call("a");
        never.call("a");
        clock.advance(Duration.ofMinutes(2));
      }

      assertThat(own.computations()).isEqualTo(5);
      assertThat(silent.computations()).isEqualTo(2);
      assertThat(never.computations()).isEqualTo(1);
    }
  }

  @Test
  void resultsLiveForEverIfNobodySaysOtherwise() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      method.call("a");
      clock.advance(Duration.ofDays(1_000_000));
      method.call("a");

      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").expire()).isZero();
    }
  }

  @Test
  void timeToLiveBeyondAllClocksIsForEver() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> method = TestMethod.text("m")
          .spec(s -> s.timeToLive(Duration.ofSeconds(Long.MAX_VALUE)))
          .in(memo);
      method.call("a");
      method.call("a");

      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void clockThatJumpsBackDoesNoHarm() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> method = oneMinute(memo);
      method.call("a");
      clock.advance(Duration.ofDays(-365));

      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.call("b")).isEqualTo("b!");
      clock.advance(Duration.ofDays(366));
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.call("b")).isEqualTo("b!");
      assertThat(method.computations()).isEqualTo(4);
    }
  }

  @Test
  void expireRemovesWhatIsOverAndNothingElse() {
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<String> brief = oneMinute(memo);
      TestMethod<String> lasting = TestMethod.text("lasting").in(memo);
      // more than one step of expiry with the same end
      try (var batch = memo.batch()) {
        for (int i = 0; i < 2_500; i++) {
          brief.call("brief" + i);
        }
        batch.commit();
      }
      lasting.call("a");
      assertThat(memo.kind("default").expire()).isZero();
      clock.advance(Duration.ofMinutes(1));

      assertThat(memo.kind("default").expire()).isEqualTo(2_500);
      assertThat(memo.kind("default").stats().expired()).isEqualTo(2_500);
      assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  private static TestMethod<String> oneMinute(DiskMemo memo) {
    return TestMethod.text("brief")
        .spec(s -> s.timeToLive(Duration.ofMinutes(1)))
        .in(memo);
  }
}
