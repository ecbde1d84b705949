package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.StoreException;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeLimitTest {
  private static final long LIMIT = 10_000;

  @TempDir
  Path directory;

  @Test
  void limitHoldsAfterEveryStoreAndTheOldestGoFirst() {
    try (DiskMemo memo = open(limited())) {
      KindCache kind = memo.kind("default");
      for (int i = 0; i < 100; i++) {
        kind.put("k" + i, "x".repeat(i * 37 % 800));
        assertThat(kind.volume()).isLessThanOrEqualTo(LIMIT);
        assertThat(kind.contains("k" + i)).isTrue();
      }
      long left = kind.stats().entries();

      assertThat(left).isBetween(10L, 60L);
      for (int i = 0; i < 100; i++) {
        assertThat(kind.contains("k" + i)).as("k%d", i).isEqualTo(i >= 100 - left);
      }
      assertThat(kind.check().isSound()).isTrue();
    }
  }

  /** Entries that a store removed on its way were not counted. */
  @Test
  void entriesCulledOnTheWayAreCounted() {
    try (DiskMemo memo = open(limited())) {
      TestMethod<String> method = large(memo);
      for (int i = 0; i < 50; i++) {
        method.call("a" + i);
      }
      try (Batch batch = memo.batch()) {
        method.call("in a batch");
        batch.commit();
      }
      memo.kind("default").increment("number", 1);
      Stats stats = memo.kind("default").stats();

      assertThat(stats.culled()).isPositive().isEqualTo(52 - stats.entries());
    }
  }

  @Test
  void culledResultIsComputedAgainAfterReopening() {
    try (DiskMemo memo = open(limited())) {
      TestMethod<String> method = large(memo);
      for (int i = 0; i < 50; i++) {
        method.call("a" + i);
      }
    }
    try (DiskMemo memo = open(limited())) {
      TestMethod<String> method = large(memo);
      method.call("a49");
      assertThat(method.computations()).isZero();
      method.call("a0");
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void oneStoreRemovesAtMostTheCullLimitOrStoresNothing() {
    try (DiskMemo memo = open(limited().cullLimit(2).maxEntrySize(5_000))) {
      KindCache kind = memo.kind("default");
      for (int i = 0; i < 40; i++) {
        kind.put("small" + i, "x");
      }

      assertThat(kind.put("large", "x".repeat(4_900))).isFalse();
      assertThat(kind.stats().refusedNoRoom()).isEqualTo(1);
      for (int tries = 0; !kind.put("large", "x".repeat(4_900)); tries++) {
        assertThat(tries).isLessThan(20);
      }
      assertThat(kind.contains("large")).isTrue();
      // those that were removed in the background too
      Patience.until(
          "all are counted", () -> kind.stats().culled() == 41 - kind.stats().entries());
    }
  }

  @Test
  void resultThatIsTooLargeIsReturnedAndCountedAndNotStored() {
    try (DiskMemo memo = open(limited().maxEntrySize(100))) {
      TestMethod<String> method =
          TestMethod.text("m").body(argument -> "x".repeat(200)).in(memo);
      TestMethod.text("small").in(memo).call("a");

      assertThat(method.call("a")).hasSize(200);
      assertThat(method.call("a")).hasSize(200);
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").put("k", "x".repeat(200))).isFalse();
      assertThat(memo.kind("default").stats().refusedTooLarge()).isEqualTo(3);
      assertThat(memo.kind("default").stats().entries()).isEqualTo(1);
    }
  }

  /** With what it takes beside its bytes it was above the limit, and culled for nothing. */
  @Test
  void resultThatNeverFitsCullsNothing() {
    try (DiskMemo memo = open(limited().maxEntrySize(LIMIT))) {
      TestMethod<String> method = large(memo);
      for (int i = 0; i < 5; i++) {
        method.call("a" + i);
      }
      memo.kind("default").put("k", "x".repeat((int) LIMIT - 50));

      assertThat(memo.kind("default").stats().entries()).isEqualTo(5);
      assertThat(memo.kind("default").stats().refusedNoRoom()).isEqualTo(1);
    }
  }

  @Test
  void policyNoneKeepsWhatIsThereAndRefusesTheRest() {
    try (DiskMemo memo = open(limited().evictionPolicy(EvictionPolicy.NONE))) {
      TestMethod<String> method = large(memo);
      for (int i = 0; i < 50; i++) {
        assertThat(method.call("a" + i)).hasSize(600);
      }
      Stats stats = memo.kind("default").stats();

      assertThat(stats.refusedNoRoom()).isPositive();
      assertThat(stats.stores() + stats.refusedNoRoom()).isEqualTo(50);
      assertThat(stats.culled()).isZero();
      assertThat(memo.kind("default").cull()).isZero();
      method.call("a0");
      assertThat(method.computations()).isEqualTo(50);
    }
  }

  /** Its own first entries were culled for its last ones, and it said that all were stored. */
  @Test
  void batchLargerThanTheLimitStoresNothing() {
    try (DiskMemo memo = open(limited())) {
      KindCache kind = memo.kind("default");
      kind.put("before", "x");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 30; i++) {
          kind.put("k" + i, "x".repeat(500));
        }
        assertThatThrownBy(batch::commit)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("no room");
      }

      assertThat(kind.stats().entries()).isEqualTo(1);
      assertThat(kind.contains("before")).isTrue();
    }
  }

  @Test
  void cullMakesRoomAfterTheLimitWasLowered() {
    try (DiskMemo memo = open(Profile.builder())) {
      TestMethod<String> method = large(memo);
      for (int i = 0; i < 100; i++) {
        method.call("a" + i);
      }
    }
    try (DiskMemo memo = open(limited())) {
      KindCache kind = memo.kind("default");
      long foretold = memo.maintenance().dryRun().run().get(0).culled();
      long culled = kind.cull();

      assertThat(culled).isPositive().isEqualTo(foretold);
      assertThat(kind.volume()).isLessThanOrEqualTo(LIMIT * 9 / 10);
      assertThat(kind.stats().entries()).isEqualTo(100 - culled);
      assertThat(kind.stats().culled()).isEqualTo(culled);
      TestMethod<String> method = large(memo);
      method.call("a99");
      assertThat(method.computations()).isZero();
    }
  }

  private static TestMethod<String> large(DiskMemo memo) {
    return TestMethod.text("large").body(argument -> "x".repeat(600)).in(memo);
  }

  private static Profile.Builder limited() {
    return Profile.builder().sizeLimit(LIMIT);
  }

  private DiskMemo open(Profile.Builder profile) {
    return Stores.open(directory, profile.build());
  }
}
