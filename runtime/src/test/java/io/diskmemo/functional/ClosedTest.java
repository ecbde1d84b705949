package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedTest {
  @TempDir
  Path directory;

  @Test
  void methodsWorkOnWithoutTheCache() {
    DiskMemo memo = Stores.open(directory);
    TestMethod<String> shared = TestMethod.text("shared").in(memo);
    TestMethod<List<String>> copied = TestMethod.texts("copied").in(memo);
    shared.call("a");
    copied.call("a");
    memo.close();
    memo.close();

    assertThat(shared.call("a")).isEqualTo("a!");
    assertThat(copied.call("a")).containsExactly("a");
    assertThat(shared.computations()).isEqualTo(2);
    assertThat(copied.computations()).isEqualTo(2);
    assertThatThrownBy(() -> TestMethod.text("new").in(memo))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory + " is closed");
  }

  /** It evicted nothing, as where no entry has the tag. */
  @Test
  void evictionFromNoKindsSaysThatItIsClosed() {
    DiskMemo memo = Stores.open(directory);
    memo.close();

    assertThatThrownBy(() -> memo.evictTag("t"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory + " is closed");
  }

  @Test
  void callThatIsUnderWayEndsWithoutTheCache() {
    DiskMemo memo = Stores.open(directory);
    TestMethod<String> method = TestMethod.text("m").in(memo);
    method.body(argument -> {
      memo.close();
      return "x";
    });

    assertThat(method.call("a")).isEqualTo("x");
    try (DiskMemo again = Stores.open(directory)) {
      assertThat(again.kind("default").stats().entries()).isZero();
      assertThat(again.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void threadsThatCallWhileItIsClosedGetTheirValues() throws Exception {
    DiskMemo memo = Stores.open(directory);
    TestMethod<String> method = TestMethod.text("m").in(memo);
    try (Threads threads = new Threads()) {
      CountDownLatch ready = new CountDownLatch(9);
      List<Future<Boolean>> calls = threads.begin(8, () -> {
        ready.countDown();
        ready.await();
        boolean right = true;
        for (int i = 0; i < 200; i++) {
          right &= method.call("a" + i).equals("a" + i + "!");
        }
        return right;
      });
      ready.countDown();
      Threads.until(() -> method.computations() > 20);
      memo.close();

      assertThat(Threads.results(calls)).containsOnly(true);
    }
  }
}
