package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys made of what other memoized calls return. */
@Timeout(60)
class KeyThatWaitsTest {
  /** There are no more disk threads than that. */
  private static final int AT_ONCE = 4;

  /** In the call, before and after the method is called; the next is when the stage is complete. */
  private static final int BEFORE = 3;

  @TempDir
  Path directory;

  private final Map<String, Integer> looks = new ConcurrentHashMap<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final CompletableFuture<String> all = new CompletableFuture<>();

  /** They were made in the disk threads, all of which waited for work that they were to do. */
  @Test
  void asManyAtOnceAsThereAreDiskThreads() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> inner = TestMethod.text("inner").in(memo);
      TestMethod<String> outer = TestMethod.text("outer")
          .spec(MethodSpec.Builder::receiverMayChange)
          .key((key, argument) -> key.writeString(partOf(argument, inner)))
          .in(memo);
      List<CompletableFuture<String>> results = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        results.add(outer.callAsync("a" + i));
      }

      for (int i = 0; i < AT_ONCE; i++) {
        assertThat(Threads.result(results.get(i))).isEqualTo("a" + i + "!");
      }
      assertThat(memo.kind("default").stats().refusedFileChanged()).isZero();
    }
  }

  private String partOf(String argument, TestMethod<String> inner) {
    if (looks.merge(argument, 1, Integer::sum) > BEFORE) {
      if (arrived.incrementAndGet() == AT_ONCE) {
        all.complete("here");
      }
      all.join();
      inner.callAsync(argument).join();
    }
    return argument;
  }
}
