package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.KindCache;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of one directory, both with a warm memory. */
class TwoInstancesTest {
  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private DiskMemo one;
  private DiskMemo two;

  @BeforeEach
  void open() {
    one = Stores.open(directory, clock);
    two = Stores.open(directory, clock);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void evictionByTagIsSeenAtOnce() {
    assertSeen(() -> one.evictTag("t"));
  }

  @Test
  void evictionByMethodIsSeenAtOnce() {
    assertSeen(() -> one.maintenance().evict(EvictionFilter.all().withMethod("io.test.Sample.m")));
  }

  @Test
  void clearIsSeenAtOnce() {
    assertSeen(() -> one.kind("default").clear());
  }

  @Test
  void deletionIsSeenAtOnce() {
    assertSeen(() -> one.kind("default").keys().forEach(one.kind("default")::delete));
  }

  private void assertSeen(Runnable eviction) {
    TestMethod<String> first = TestMethod.text("m").tags("t").in(one);
    TestMethod<String> second = TestMethod.text("m").tags("t").in(two);
    for (int round = 1; round <= 3; round++) {
      first.call("a");
      second.call("a");
      second.call("a");
      assertThat(first.computations()).isEqualTo(round);
      assertThat(second.computations()).isEqualTo(round - 1);
      eviction.run();
      second.call("a");
      assertThat(second.computations()).isEqualTo(round);
      eviction.run();
    }
  }

  @Test
  void evictionOfSomethingElseLeavesWhatIsInMemory() {
    TestMethod<String> first = TestMethod.text("m").tags("t").in(one);
    TestMethod<String> second = TestMethod.text("m").tags("t").in(two);
    first.call("a");
    second.call("a");
    one.kind("default").put("other", 1);
    one.evictTag("unknown");
    second.call("a");
    second.call("a");

    assertThat(second.computations()).isZero();
    assertThat(two.kind("default").stats().memoryHits()).isEqualTo(2);
  }

  @Test
  void everyChangeByHandIsSeenAtOnce() {
    KindCache first = one.kind("default");
    KindCache second = two.kind("default");
    first.put("k", 1L, Duration.ofHours(1));
    assertThat(second.get("k", Long.class)).contains(1L);
    first.put("k", 2L, Duration.ofHours(1));
    assertThat(second.get("k", Long.class)).contains(2L);
    first.increment("k", 1);
    assertThat(second.get("k", Long.class)).contains(3L);
    second.increment("k", 1);
    assertThat(first.get("k", Long.class)).contains(4L);
    first.touch("k", Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(second.get("k", Long.class)).isEmpty();
    first.put("k", 5L);
    assertThat(second.get("k", Long.class)).contains(5L);
    first.pop("k", Long.class);
    assertThat(second.get("k", Long.class)).isEmpty();
    first.add("k", 6L);
    assertThat(second.get("k", Long.class)).contains(6L);
  }

  @Test
  void closingOneLeavesTheOtherAtWork() {
    TestMethod<String> method = TestMethod.text("m").in(two);
    method.call("a");
    one.close();
    two.kind("default").put("k", 1);
    method.call("b");

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(2);
    assertThat(two.kind("default").check().isSound()).isTrue();
  }
}
