package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To look at one result, to make it anew and to evict it. */
class CompanionsTest {
  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private DiskMemo memo;
  private TestMethod<String> method;

  @BeforeEach
  void open() {
    memo =
        Stores.open(directory, clock, Profile.builder().ttl(Duration.ofHours(1)).build());
    method = TestMethod.text("m").tags("t").in(memo);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void peekComputesNothing() {
    assertThat(method.peek("a")).isEmpty();
    assertThat(method.computations()).isZero();
  }

  @Test
  void peekFindsWhatMemoryHolds() {
    method.call("a");
    assertThat(method.peek("a")).contains("a!");
    assertThat(memo.kind("default").stats().memoryHits()).isOne();
  }

  @Test
  void peekFindsWhatTheDiskHolds() {
    method.call("a");
    try (DiskMemo other = Stores.open(directory, clock)) {
      assertThat(TestMethod.text("m").in(other).peek("a")).contains("a!");
    }
  }

  @Test
  void peekFindsNothingExpired() {
    method.call("a");
    clock.advance(Duration.ofHours(2));
    assertThat(method.peek("a")).isEmpty();
  }

  @Test
  void peekAfterCloseFindsNothing() {
    method.call("a");
    memo.close();
    assertThat(method.peek("a")).isEmpty();
  }

  @Test
  void refreshReplacesTheResultEverywhere() {
    try (DiskMemo other = Stores.open(directory, clock)) {
      TestMethod<String> elsewhere = TestMethod.text("m").in(other);
      method.call("a");
      elsewhere.call("a");
      method.body(argument -> "new");

      assertThat(method.refresh("a")).isEqualTo("new");

      assertThat(method.call("a")).isEqualTo("new");
      assertThat(elsewhere.call("a")).isEqualTo("new");
      assertThat(elsewhere.computations()).isZero();
    }
  }

  @Test
  void refreshStartsTheTimeToLiveAnew() {
    method.call("a");
    clock.advance(Duration.ofMinutes(50));
    method.refresh("a");
    clock.advance(Duration.ofMinutes(50));
    assertThat(method.peek("a")).isPresent();
  }

  @Test
  void failedRefreshLeavesTheOldResult() {
    method.call("a");
    method.body(argument -> {
      throw new IOException("down");
    });
    assertThatThrownBy(() -> method.refresh("a")).isInstanceOf(IOException.class);
    assertThat(method.call("a")).isEqualTo("a!");
  }

  @Test
  void evictionDuringARefreshWins() {
    method.call("a");
    method.body(argument -> {
      memo.evictTag("t");
      return "stale";
    });
    method.refresh("a");
    assertThat(method.peek("a")).isEmpty();
  }

  @Test
  void evictRemovesOneResultEverywhere() {
    try (DiskMemo other = Stores.open(directory, clock)) {
      TestMethod<String> elsewhere = TestMethod.text("m").in(other);
      method.call("a");
      method.call("b");
      elsewhere.call("a");

      assertThat(method.evict("a")).isTrue();

      assertThat(elsewhere.peek("a")).isEmpty();
      assertThat(elsewhere.peek("b")).isPresent();
      assertThat(method.evict("a")).isFalse();
      assertThat(memo.kind("default").stats().evicted()).isOne();
    }
  }

  @Test
  void evictSaysIfNoKeyCanBeMade() {
    TestMethod<String> unreadable = TestMethod.text("n")
        .key((key, argument) -> key.writeContent(Path.of(argument)))
        .in(memo);
    String missing = directory.resolve("missing").toString();
    assertThatThrownBy(() -> unreadable.evict(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key can be made of the arguments");
  }
}
