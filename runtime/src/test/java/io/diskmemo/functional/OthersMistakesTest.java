package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.StoreException;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.ValueFilesOf;
import io.diskmemo.testkit.WriteLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that python-diskcache 5 has, each under the name of what goes wrong there. */
class OthersMistakesTest {
  private static final Profile PROFILE =
      Profile.builder().minFileSize(1000).memoryLimit(0).build();

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private DiskMemo open() {
    return Stores.open(directory, clock, PROFILE);
  }

  private ValueFilesOf files() {
    return ValueFilesOf.defaultIn(directory);
  }

  private static String large(int content) {
    return String.valueOf(content).repeat(3000);
  }

  private static DiskMemo small(Path directory) {
    return Stores.open(
        directory, PROFILE.toBuilder().sizeLimit(9000).maxEntrySize(9000).build());
  }

  @Test
  void rollingBackATransactionThatReplacedAFileLosesTheOldValue() {
    try (DiskMemo memo = small(directory)) {
      KindCache kind = memo.kind("default");
      kind.put("k", large(1));
      try (Batch batch = memo.batch()) {
        kind.put("k", large(2));
        kind.put("k2", large(2));
        kind.put("k3", large(2));
        assertThatThrownBy(batch::commit).isInstanceOf(StoreException.class);
      }
      assertThat(kind.get("k", String.class)).contains(large(1));
    }
  }

  @Test
  void rollingBackANewFileLeavesAnOrphan() {
    try (DiskMemo memo = small(directory)) {
      KindCache kind = memo.kind("default");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 4; i++) {
          kind.put("k" + i, large(i));
        }
        assertThatThrownBy(batch::commit).isInstanceOf(StoreException.class);
      }
      assertThat(files().onDisk()).isEmpty();
    }
  }

  @Test
  void expireStopsAfterAHundredRowsThatShareAnExpiryTime() {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 2500; i++) {
          kind.put("k" + i, i, Duration.ofSeconds(1));
        }
        batch.commit();
      }
      clock.advance(Duration.ofSeconds(2));
      assertThat(kind.expire()).isEqualTo(2500);
      assertThat(kind.volume()).isZero();
    }
  }

  @Test
  void argumentsThatAreWrittenOutAlikeShareAKey() {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      kind.put(List.of("a", 2, "b"), "first");
      kind.put(List.of("a, 2", "b"), "second");
      kind.put(List.of(List.of("a", 2), "b"), "third");
      kind.put(List.of("a", 2L, "b"), "fourth");
      kind.put("[a, 2, b]", "fifth");

      assertThat(kind.keys().map(Key::toString)).hasSize(5).doesNotHaveDuplicates();
      assertThat(kind.get(List.of("a", 2, "b"), String.class)).contains("first");
    }
  }

  @Test
  void truncatedFileRaisesInsteadOfMissing() throws Exception {
    try (DiskMemo memo = open()) {
      TestMethod<String> method =
          TestMethod.text("m").body(argument -> large(1)).in(memo);
      method.call("a");
      Path file = files().only();
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));

      assertThat(method.call("a")).isEqualTo(large(1));
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
    }
  }

  @Test
  void damageThatKeepsTheSizeIsReturned() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("large", large(1));
      memo.kind("default").put("small", "small value");
      Path file = files().only();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 7] = '2';
      Files.write(file, bytes);
      Stores.tamper(
          directory,
          "UPDATE entry SET value = replace(CAST(value AS TEXT), 'small', 'SMALL')"
              + " WHERE value IS NOT NULL");

      assertThat(memo.kind("default").get("large", String.class)).isEmpty();
      assertThat(memo.kind("default").get("small", String.class)).isEmpty();
    }
  }

  @Test
  void checkDeletesFilesThatAWriterHasNotCommittedYet() throws Exception {
    Profile patient = PROFILE.toBuilder().timeout(Duration.ofSeconds(20)).build();
    try (DiskMemo memo = Stores.open(directory, patient);
        Threads threads = new Threads()) {
      KindCache kind = memo.kind("default");
      kind.put("first", "x");
      Future<Boolean> put;
      Future<?> check;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        put = threads.begin(() -> kind.put("k", large(1)));
        Threads.until(() -> files().onDisk().size() == 1);
        check = threads.begin(() -> memo.maintenance().run());
        assertThat(kind.check().isSound()).isTrue();
        assertThat(files().onDisk()).hasSize(1);
      }
      assertThat(Threads.result(put)).isTrue();
      Threads.result(check);
      assertThat(kind.get("k", String.class)).contains(large(1));
    }
  }

  @Test
  void coldCallsAtTheSameTimeComputeAllOver() throws Exception {
    try (DiskMemo memo = open();
        Threads threads = new Threads()) {
      CountDownLatch go = new CountDownLatch(1);
      TestMethod<String> method = TestMethod.text("m")
          .body(argument -> {
            Threads.until(() -> go.getCount() == 0);
            return large(1);
          })
          .in(memo);
      List<Future<String>> calls = threads.begin(6, () -> method.call("a"));
      go.countDown();

      assertThat(Threads.results(calls)).containsOnly(large(1));
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void writesAreDroppedInSilenceUnderContention() throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE);
        DiskMemo other = Stores.open(directory, PROFILE);
        Threads threads = new Threads()) {
      List<Future<Integer>> writers = threads.begin(16, () -> {
        int done = 0;
        for (int i = 0; i < 50; i++) {
          DiskMemo one = i % 2 == 0 ? memo : other;
          String key = Thread.currentThread().getName() + "-" + i;
          try {
            done += one.kind("default").put(key, "x") ? 1 : 0;
          } catch (StoreException e) {
            assertThat(e.isTransient()).isTrue(); // it said so
          }
        }
        return done;
      });
      int done = Threads.results(writers).stream().mapToInt(Integer::intValue).sum();

      assertThat(memo.kind("default").keys().count()).isEqualTo(done);
    }
  }

  @Test
  void valueLargerThanTheLimitEvictsEverything() {
    try (DiskMemo memo = small(directory)) {
      KindCache kind = memo.kind("default");
      for (int i = 0; i < 20; i++) {
        kind.put("k" + i, "x".repeat(200));
      }
      assertThat(kind.put("large", "x".repeat(20_000))).isFalse();
      assertThat(kind.put("just", "x".repeat(8_990))).isFalse();

      assertThat(kind.stats().entries()).isEqualTo(20);
      assertThat(files().onDisk()).isEmpty();
    }
  }

  /** As long for many as for few: another database takes the place of the old one. */
  @Test
  void clearTakesLongForMany() throws Exception {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 2000; i++) {
          kind.put("k" + i, i);
        }
        batch.commit();
      }
      assertThat(kind.clear()).isEqualTo(2000);
      assertThat(directory.resolve("kinds/default/current")).hasContent("cache-2-2.db");
    }
  }
}
