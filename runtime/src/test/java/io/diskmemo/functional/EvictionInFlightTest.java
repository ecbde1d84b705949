package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An eviction wins over what is being computed when it happens. */
class EvictionInFlightTest {
  @TempDir
  Path directory;

  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void evictionOfItsTagWins() {
    assertRefused(() -> memo.evictTag("t"));
  }

  @Test
  void evictionOfItsTagFromTheKindWins() {
    assertRefused(() -> memo.kind("default").evictTag("t"));
  }

  @Test
  void evictionOfItsKindWins() {
    assertRefused(() -> memo.kind("default").clear());
  }

  @Test
  void evictionOfItsMethodWins() {
    assertRefused(
        () -> memo.maintenance().evict(EvictionFilter.all().withMethod("io.test.Sample.m")));
  }

  @Test
  void evictionOfItsMethodAndAnyTagWins() {
    assertRefused(() -> memo.maintenance()
        .evict(EvictionFilter.all().withMethod("io.test.Sample.m").withTag("t")));
  }

  @Test
  void deletionOfAnAbsentKeyWins() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.call("a");
    Key key = memo.kind("default").keys().findFirst().orElseThrow();
    memo.kind("default").clear();

    method.body(argument -> {
      assertThat(memo.kind("default").delete(key)).isFalse();
      return "computed before the deletion";
    });
    method.call("a");
    assertThat(memo.kind("default").stats().refusedEvicted()).isEqualTo(1);
  }

  @Test
  void deletionOfAnotherEntryOfItsMethodWins() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.call("other");
    Key key = memo.kind("default").keys().findFirst().orElseThrow();
    method.body(argument -> {
      assertThat(memo.kind("default").delete(key)).isTrue();
      return "computed before the deletion";
    });
    method.call("a");

    assertThat(memo.kind("default").stats().entries()).isZero();
    assertThat(memo.kind("default").stats().refusedEvicted()).isEqualTo(1);
  }

  @Test
  void evictionThroughAnotherInstanceWins() {
    try (DiskMemo other = Stores.open(directory)) {
      assertRefused(() -> other.evictTag("t"));
    }
  }

  /** The other has not bound the method, which has no row then. */
  @Test
  void evictionOfItsMethodThroughAnotherInstanceWins() {
    try (DiskMemo other = Stores.open(directory)) {
      assertRefused(() -> evictMethod(other, "io.test.Sample.m"));
    }
  }

  @Test
  void evictionOfATagThatMaintenanceThenDropsWins() {
    assertRefused(() -> {
      memo.evictTag("t");
      memo.maintenance().run();
    });
  }

  private void assertRefused(Runnable eviction) {
    TestMethod<String> method = TestMethod.text("m").tags("s", "t").in(memo);
    for (String argument : new String[] {"first ever", "of known names"}) {
      long before = memo.kind("default").stats().refusedEvicted();
      method.body(text -> {
        eviction.run();
        return "computed before the eviction";
      });
      assertThat(method.call(argument)).isEqualTo("computed before the eviction");
      assertThat(memo.kind("default").stats().refusedEvicted()).isEqualTo(before + 1);
      assertThat(memo.kind("default").stats().entries()).isZero();

      method.body(text -> "computed after it");
      assertThat(method.call(argument)).isEqualTo("computed after it");
      assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    }
  }

  @Test
  void evictionOfSomethingElseLetsItBeStored() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    TestMethod<String> other = TestMethod.text("other").tags("u").in(memo);
    method.call("known names");
    other.call("a");
    method.body(argument -> {
      assertThat(memo.evictTag("u")).isEqualTo(1);
      memo.maintenance().evict(EvictionFilter.all().withMethod("io.test.Sample.other"));
      memo.evictTag("unknown");
      return "stored";
    });
    method.call("a");
    method.call("a");

    assertThat(memo.kind("default").stats().refusedEvicted()).isZero();
    assertThat(method.computations()).isEqualTo(2);
  }

  /** All names that had no results yet counted as evicted. */
  @Test
  void evictionOfAMethodConcernsNoFirstResultsOfOthers() {
    TestMethod<String> method = TestMethod.text("mm").tags("t").in(memo);
    method.body(argument -> {
      evictMethod(memo, "io.test.Sample.m");
      evictMethod(memo, "io.test.Sample.mm(int)");
      return "stored";
    });
    method.call("first ever");

    assertThat(memo.kind("default").stats().refusedEvicted()).isZero();
    assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    assertThat(memo.maintenance().methodNames())
        .singleElement()
        .asString()
        .startsWith("io.test.Sample.mm(");
  }

  @Test
  void evictionOfItsMethodWinsAlsoIfALaterResultWasTheFirst() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    try (DiskMemo other = Stores.open(directory)) {
      method.body(argument -> {
        evictMethod(other, "io.test.Sample.m");
        method.body(later -> "begun after the eviction");
        method.call("b");
        return "begun before it";
      });
      method.call("a");
    }
    assertThat(memo.kind("default").stats().refusedEvicted()).isEqualTo(1);
    assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    assertThat(method.call("b")).isEqualTo("begun after the eviction");
  }

  @Test
  void evictionOfItsMethodWinsAlsoIfManyOthersFollow() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    try (DiskMemo other = Stores.open(directory)) {
      method.body(argument -> {
        evictMethod(other, "io.test.Sample.m");
        for (int i = 0; i < 1_001; i++) {
          evictMethod(other, "io.test.Other.m" + i);
        }
        return "computed before";
      });
      method.call("a");
    }
    assertThat(memo.kind("default").stats().refusedEvicted()).isEqualTo(1);
    assertThat(memo.kind("default").stats().entries()).isZero();
  }

  private static void evictMethod(DiskMemo evictor, String name) {
    evictor.maintenance().evict(EvictionFilter.all().withMethod(name));
  }

  @Test
  void waitingThreadMayTakeAResultOnlyIfNothingWasEvictedSince() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch evicted = new CountDownLatch(1);
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.body(argument -> {
      begun.countDown();
      evicted.await();
      return "old";
    });
    try (Threads threads = new Threads()) {
      Future<String> maker = threads.begin(() -> method.call("a"));
      begun.await();
      memo.evictTag("t");
      method.body(argument -> "new");
      CountDownLatch asking = new CountDownLatch(1);
      Future<String> late = threads.begin(() -> {
        asking.countDown();
        return method.call("a");
      });
      asking.await();
      evicted.countDown();

      assertThat(Threads.result(maker)).isEqualTo("old");
      assertThat(Threads.result(late)).isEqualTo("new");
      assertThat(method.call("a")).isEqualTo("new");
    }
  }
}
