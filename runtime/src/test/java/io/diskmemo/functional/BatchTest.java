package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private DiskMemo memo;
  private KindCache kind;
  private TestMethod<String> method;

  @BeforeEach
  void open() {
    memo = Stores.open(directory, clock);
    kind = memo.kind("default");
    method = TestMethod.text("m").tags("t").in(memo);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void nothingIsStoredBeforeTheCommitAndAllAfterIt() {
    try (Batch batch = memo.batch()) {
      method.call("a");
      method.call("b");
      kind.put("k", "v");
      assertThat(kind.stats().entries()).isZero();
      batch.commit();
      assertThat(kind.stats().entries()).isEqualTo(3);
    }
    method.call("a");

    assertThat(method.computations()).isEqualTo(2);
    assertThat(kind.stats().stores()).isEqualTo(3);
  }

  @Test
  void itsOwnThreadSeesWhatItHolds() {
    kind.put("k", "before");
    try (Batch batch = memo.batch()) {
      method.call("a");
      method.call("a");
      kind.put("k", "within");

      assertThat(method.computations()).isEqualTo(1);
      assertThat(kind.get("k", String.class)).contains("within");
      assertThat(kind.contains("k")).isTrue();
      batch.commit();
    }
    assertThat(kind.get("k", String.class)).contains("within");
  }

  @Test
  void otherThreadsDoNotSeeWhatItHolds() throws Exception {
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      method.call("a");
      kind.put("k", "v");
      assertThat(Threads.result(threads.begin(() -> kind.get("k", String.class))))
          .isEmpty();
      Threads.result(threads.begin(() -> method.call("a")));
      assertThat(method.computations()).isEqualTo(2);

      batch.commit();
      assertThat(Threads.result(threads.begin(() -> kind.get("k", String.class))))
          .contains("v");
    }
  }

  @Test
  void closeWithoutCommitForgetsAll() {
    try (Batch batch = memo.batch()) {
      assertThat(batch).isNotNull();
      method.call("a");
      kind.put("k", "v");
    }

    assertThat(kind.stats().entries()).isZero();
    assertThat(kind.get("k", String.class)).isEmpty();
    method.call("a");
    assertThat(method.computations()).isEqualTo(2);
  }

  @Test
  void commitWithoutRoomStoresNothingOfTheKind() {
    memo.close();
    memo = Stores.open(
        directory,
        Profile.builder().sizeLimit(4_000).evictionPolicy(EvictionPolicy.NONE).build());
    kind = memo.kind("default");
    kind.put("present", "x".repeat(400));
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 7; i++) {
        kind.put("k" + i, "x".repeat(400));
      }
      assertThatThrownBy(batch::commit)
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("no room");
    }

    assertThat(kind.stats().entries()).isEqualTo(1);
    assertThat(kind.check().isSound()).isTrue();
  }

  @Test
  void whatIsDeletedGoesWithTheCommit() throws Exception {
    kind.put("gone", "v");
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      kind.put("k", "v");
      assertThat(kind.delete("gone")).isTrue();
      assertThat(kind.delete("gone")).isFalse();
      assertThat(kind.delete("never there")).isFalse();

      assertThat(kind.get("gone", String.class)).isEmpty();
      assertThat(kind.contains("gone")).isFalse();
      assertThat(kind.get("k", String.class)).contains("v");
      assertThat(Threads.result(threads.begin(() -> kind.get("gone", String.class))))
          .contains("v");
      batch.commit();
      assertThat(Threads.result(threads.begin(() -> kind.get("gone", String.class))))
          .isEmpty();
    }

    assertThat(kind.get("k", String.class)).contains("v");
    assertThat(kind.stats().evicted()).isEqualTo(1);
  }

  @Test
  void theLastOfPutAndDeleteIsCommitted() {
    try (Batch batch = memo.batch()) {
      kind.put("a", "v");
      kind.delete("a");
      kind.delete("b");
      kind.put("b", "v");
      batch.commit();
    }

    assertThat(kind.get("a", String.class)).isEmpty();
    assertThat(kind.get("b", String.class)).contains("v");
  }

  @Test
  void aDeletionThatIsNotCommittedIsNone() {
    kind.put("k", "v");
    try (Batch batch = memo.batch()) {
      assertThat(batch).isNotNull();
      kind.delete("k");
    }

    assertThat(kind.get("k", String.class)).contains("v");
  }

  @Test
  void keysOfEntriesAreDeletedWithTheBatchAndThoseOfResultsAtOnce() {
    kind.put("k", "v");
    Key byHand = kind.keys().findFirst().orElseThrow();
    method.call("a");
    Key result = kind.keys().filter(key -> !key.equals(byHand)).findFirst().orElseThrow();
    try (Batch batch = memo.batch()) {
      assertThat(batch).isNotNull();
      assertThat(kind.delete(byHand)).isTrue();
      assertThat(kind.delete(result)).isTrue();
    }

    assertThat(kind.keys()).containsExactly(byHand);
  }

  /** It counted for all names without a row, those of tags included. */
  @Test
  void deletionOfAKeyWithoutAnEntryTakesNothingThatWasPut() {
    try (Batch batch = memo.batch()) {
      kind.put("k", "v", Duration.ofDays(1), "new");
      assertThat(kind.delete(Key.of(new byte[Key.LENGTH]))).isFalse();
      assertThat(kind.get("k", String.class)).contains("v");
      batch.commit();
    }

    assertThat(kind.get("k", String.class)).contains("v");
  }

  @Test
  void anotherThreadsDeletionTakesNothingElse() throws Exception {
    kind.put("other", "v");
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      kind.put("k", "v");
      assertThat(Threads.result(threads.begin(() -> kind.delete("other")))).isTrue();
      assertThat(kind.get("k", String.class)).contains("v");
      batch.commit();
    }

    assertThat(kind.get("k", String.class)).contains("v");
  }

  private void reopenForSmallValues() {
    memo.close();
    memo = Stores.open(directory, clock, Profile.builder().maxEntrySize(1000).build());
    kind = memo.kind("default");
  }

  private boolean isTooLargePut(String key) {
    return !kind.put(key, "x".repeat(2000));
  }

  /** What was put before stayed in the batch, and what was stored before stayed on disk. */
  @Test
  void valueThatIsTooLargeLeavesTheKeyWithoutOneWhenItIsCommitted() throws Exception {
    reopenForSmallValues();
    kind.put("stored", "old");
    kind.put("kept", "old");
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      kind.put("held", "new");
      assertThat(isTooLargePut("held")).isTrue();
      assertThat(isTooLargePut("stored")).isTrue();

      assertThat(kind.get("stored", String.class)).isEmpty();
      assertThat(kind.contains("stored")).isFalse();
      assertThat(kind.getAll(List.of("held", "stored", "kept"), String.class))
          .containsExactly(Map.entry("kept", "old"));
      assertThat(Threads.result(threads.begin(() -> kind.get("stored", String.class))))
          .contains("old");

      batch.commit();
      assertThat(kind.keys()).hasSize(1);
      assertThat(Threads.result(threads.begin(() -> kind.get("stored", String.class))))
          .isEmpty();
    }
    assertThat(kind.get("kept", String.class)).contains("old");
    assertThat(kind.stats().refusedTooLarge()).isEqualTo(2);
    assertThat(kind.check().isSound()).isTrue();
  }

  @Test
  void valueThatIsTooLargeChangesNothingWithoutACommit() {
    reopenForSmallValues();
    kind.put("k", "old");
    try (Batch batch = memo.batch()) {
      assertThat(batch).isNotNull();
      assertThat(isTooLargePut("k")).isTrue();
    }
    assertThat(kind.get("k", String.class)).contains("old");
  }

  @Test
  void valueThatIsTooLargeInANestedBatchHidesThatOfTheOuterOne() {
    reopenForSmallValues();
    try (Batch outer = memo.batch()) {
      kind.put("k", "outer");
      kind.put("again", "outer");
      try (Batch inner = memo.batch()) {
        assertThat(isTooLargePut("k")).isTrue();
        assertThat(isTooLargePut("again")).isTrue();
        assertThat(kind.get("k", String.class)).isEmpty();
        kind.put("again", "inner");
        inner.commit();
      }
      assertThat(kind.get("k", String.class)).isEmpty();
      outer.commit();
    }
    assertThat(kind.get("k", String.class)).isEmpty();
    assertThat(kind.get("again", String.class)).contains("inner");
  }

  /** It evicted the key, and with it all that was put by hand and not yet committed. */
  @Test
  void valueThatIsTooLargeLeavesWhatOtherThreadsHold() throws Exception {
    reopenForSmallValues();
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      kind.put("k", "held");
      assertThat(Threads.result(threads.begin(() -> isTooLargePut("other")))).isTrue();
      batch.commit();
    }
    assertThat(kind.get("k", String.class)).contains("held");
  }

  @Test
  void nestedBatchHandsItsEntriesToTheOuterOne() {
    try (Batch outer = memo.batch()) {
      kind.put("outer", 1);
      try (Batch inner = memo.batch()) {
        kind.put("inner", 2);
        assertThat(kind.get("outer", Integer.class)).contains(1);
        assertThatThrownBy(outer::commit).isInstanceOf(IllegalStateException.class);
        inner.commit();
      }
      try (Batch abandoned = memo.batch()) {
        assertThat(abandoned).isNotNull();
        kind.put("abandoned", 3);
      }
      assertThat(kind.stats().entries()).isZero();
      assertThat(kind.get("inner", Integer.class)).contains(2);
      outer.commit();
    }

    assertThat(kind.get("outer", Integer.class)).contains(1);
    assertThat(kind.get("inner", Integer.class)).contains(2);
    assertThat(kind.get("abandoned", Integer.class)).isEmpty();
  }

  @Test
  void evictionWinsOverWhatWasComputedBeforeIt() {
    kind.put("known", "x", Duration.ofDays(1), "t");
    try (Batch batch = memo.batch()) {
      method.call("before");
      memo.evictTag("t");
      method.call("after");
      batch.commit();
    }
    method.call("after");
    assertThat(method.computations()).isEqualTo(2);
    method.call("before");

    assertThat(method.computations()).isEqualTo(3);
    assertThat(kind.stats().refusedEvicted()).isEqualTo(1);
  }

  @Test
  void evictedEntryIsNotSeenInTheBatchAnyMore() {
    try (Batch batch = memo.batch()) {
      method.call("a");
      kind.put("k", "v", Duration.ofDays(1), "t");
      memo.evictTag("t");

      method.call("a");
      assertThat(method.computations()).isEqualTo(2);
      assertThat(kind.get("k", String.class)).isEmpty();
      batch.commit();
    }
    assertThat(kind.get("k", String.class)).isEmpty();
    method.call("a");
    assertThat(method.computations()).isEqualTo(2);
  }

  /** Any replacement of any entry made a batch forget what it held, and computed it again. */
  @Test
  void changeOfSomethingElseHidesNothingOfABatch() throws Exception {
    kind.put("k", "before");
    kind.put("other", 0);
    TestMethod.text("m").tags("t").in(memo).call("known names");
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      method.call("a");
      kind.put("k", "within");
      Threads.result(threads.begin(() -> kind.put("other", 1)));
      Threads.result(threads.begin(() -> memo.evictTag("unknown")));

      assertThat(kind.get("k", String.class)).contains("within");
      method.call("a");
      assertThat(method.computations()).isEqualTo(1);
      batch.commit();
    }
    assertThat(kind.get("k", String.class)).contains("within");
  }

  /** What a batch held was returned even after its time was over. */
  @Test
  void heldEntryExpiresLikeAnyOther() {
    TestMethod<String> brief =
        TestMethod.text("brief").spec(s -> s.timeToLive(Duration.ofMinutes(1))).in(memo);
    try (Batch batch = memo.batch()) {
      brief.call("a");
      kind.put("k", "v", Duration.ofMinutes(1));
      clock.advance(Duration.ofMinutes(1));

      assertThat(kind.get("k", String.class)).isEmpty();
      brief.call("a");
      assertThat(brief.computations()).isEqualTo(2);
      batch.commit();
    }
  }

  @Test
  void batchBelongsToTheThreadThatOpenedIt() {
    try (Threads threads = new Threads();
        Batch batch = memo.batch()) {
      kind.put("k", "v");

      assertThatThrownBy(() -> Threads.result(threads.begin(() -> {
            batch.commit();
            return null;
          })))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
      batch.commit();
    }
    assertThat(kind.get("k", String.class)).contains("v");
  }

  @Test
  void closedBatchStoresNothingMore() {
    Batch batch = memo.batch();
    batch.close();
    batch.close();

    assertThatThrownBy(batch::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the batch is over");
    method.call("a");
    assertThat(kind.stats().entries()).isEqualTo(1);
  }

  @Test
  void commitAfterTheDirectoryWasClosedSaysSo() {
    try (Batch batch = memo.batch()) {
      kind.put("k", "v");
      memo.close();

      assertThatThrownBy(batch::commit)
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void othersCanWriteWhileABatchIsOpen() {
    try (DiskMemo other = Stores.open(directory, clock);
        Batch batch = memo.batch()) {
      kind.put("mine", 1);
      method.body(argument -> {
        assertThat(other.kind("default").put("theirs", 2)).isTrue();
        return "x";
      });
      method.call("a");
      batch.commit();
    }

    assertThat(kind.get("mine", Integer.class)).contains(1);
    assertThat(kind.get("theirs", Integer.class)).contains(2);
  }
}
