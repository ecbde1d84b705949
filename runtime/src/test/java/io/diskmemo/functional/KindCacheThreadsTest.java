package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is one step for all: threads of two instances of one directory. */
class KindCacheThreadsTest {
  private static final int THREADS = 8;

  @TempDir
  Path directory;

  @Test
  void noIncrementIsLostAndOneThreadAddsAndOnePops() throws Exception {
    Profile patient = Profile.builder().timeout(Duration.ofSeconds(30)).build();
    try (DiskMemo one = Stores.open(directory, patient);
        DiskMemo two = Stores.open(directory, patient);
        Threads threads = new Threads()) {
      KindCache[] caches = {one.kind("default"), two.kind("default")};
      CountDownLatch ready = new CountDownLatch(THREADS);
      var added = threads.begin(THREADS, () -> {
        ready.countDown();
        ready.await();
        KindCache cache = caches[(int) (Thread.currentThread().getId() % 2)];
        int won = 0;
        for (int i = 0; i < 50; i++) {
          cache.increment("sum", 1);
          won += cache.add("added" + i, "x") ? 1 : 0;
        }
        return won;
      });
      int sumOfAdded = Threads.results(added).stream().mapToInt(won -> won).sum();
      var popped = threads.begin(THREADS, () -> {
        int won = 0;
        for (int i = 0; i < 50; i++) {
          won += caches[i % 2].pop("added" + i, String.class).isPresent() ? 1 : 0;
        }
        return won;
      });

      assertThat(sumOfAdded).isEqualTo(50);
      assertThat(Threads.results(popped).stream().mapToInt(won -> won).sum()).isEqualTo(50);
      assertThat(caches[0].get("sum", Long.class)).contains(THREADS * 50L);
      assertThat(caches[1].get("sum", Long.class)).contains(THREADS * 50L);
    }
  }
}
