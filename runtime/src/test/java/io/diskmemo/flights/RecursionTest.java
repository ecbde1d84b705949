package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods that call themselves or each other. */
class RecursionTest {
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
  void naiveFibonacciComputesEachNumberOnce() {
    TestMethod<Long> fibonacci =
        TestMethod.copied("fibonacci", new Codecs.Numbers(), argument -> 0L).in(memo);
    fibonacci.body(argument -> {
      int n = Integer.parseInt(argument);
      return n < 2
          ? Long.valueOf(n)
          : fibonacci.call(String.valueOf(n - 1)) + fibonacci.call(String.valueOf(n - 2));
    });

    assertThat(fibonacci.call("90")).isEqualTo(2_880_067_194_370_816_120L);
    assertThat(fibonacci.computations()).isEqualTo(91);
    assertThat(memo.kind("default").stats().alone()).isZero();
  }

  @Test
  void recursionOnTheSameKeyBehavesAsWithoutMemoization() {
    AtomicInteger depth = new AtomicInteger();
    TestMethod<String> method = TestMethod.text("m").in(memo);
    method.body(
        argument -> depth.incrementAndGet() == 4 ? "bottom" : "(" + method.call(argument) + ")");

    assertThat(method.call("a")).isEqualTo("(((bottom)))");
    assertThat(method.computations()).isEqualTo(4);
    assertThat(method.call("a")).isEqualTo("(((bottom)))");
    assertThat(method.computations()).isEqualTo(4);
  }

  @Test
  void threadsThatCrossEndWithTheRightValues() throws Exception {
    for (int round = 0; round < 20; round++) {
      String one = "one" + round;
      String two = "two" + round;
      CyclicBarrier crossing = new CyclicBarrier(2);
      AtomicInteger outermost = new AtomicInteger();
      TestMethod<String> method = TestMethod.text("m").in(memo);
      ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
      method.body(argument -> {
        depth.set(depth.get() + 1);
        try {
          if (depth.get() == 1) {
            outermost.incrementAndGet();
            crossing.await(); // both hold a key, and now want the other's
            return argument + " of " + method.call(argument.equals(one) ? two : one);
          }
          return "inner " + argument;
        } finally {
          depth.set(depth.get() - 1);
        }
      });
      try (Threads threads = new Threads()) {
        Future<String> first = threads.begin(() -> method.call(one));
        Future<String> second = threads.begin(() -> method.call(two));

        assertThat(Threads.result(first)).startsWith(one + " of ").contains(two);
        assertThat(Threads.result(second)).startsWith(two + " of ").contains(one);
        assertThat(outermost).hasValue(2);
      }
    }
    assertThat(memo.kind("default").stats().alone()).isPositive();
  }

  @Test
  void circleOverTwoKindsEnds() throws Exception {
    CyclicBarrier crossing = new CyclicBarrier(2);
    TestMethod<String> one = TestMethod.text("one").kind("one").in(memo);
    TestMethod<String> two = TestMethod.text("two").kind("two").in(memo);
    AtomicInteger calls = new AtomicInteger();
    one.body(argument -> {
      if (calls.incrementAndGet() <= 2) {
        crossing.await();
        return "1" + two.call("b");
      }
      return "1";
    });
    two.body(argument -> {
      if (calls.incrementAndGet() <= 2) {
        crossing.await();
        return "2" + one.call("a");
      }
      return "2";
    });
    try (Threads threads = new Threads()) {
      Future<String> first = threads.begin(() -> one.call("a"));
      Future<String> second = threads.begin(() -> two.call("b"));

      assertThat(Threads.result(first)).startsWith("12");
      assertThat(Threads.result(second)).startsWith("21");
    }
  }
}
