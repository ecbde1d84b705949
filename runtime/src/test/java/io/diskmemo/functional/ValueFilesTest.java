package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are large enough for files of their own. */
class ValueFilesTest {
  private static final int LARGE = 5000;
  private static final Profile PROFILE =
      Profile.builder().minFileSize(1000).memoryLimit(0).build();

  @TempDir
  Path directory;

  private List<Path> files() throws IOException {
    Path values = directory.resolve("kinds/default/values");
    if (!Files.exists(values)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(values)) {
      return all.filter(file -> file.toString().endsWith(".value")).toList();
    }
  }

  private DiskMemo open() {
    return Stores.open(directory, PROFILE);
  }

  private static byte[] value(int content) {
    byte[] bytes = new byte[LARGE];
    bytes[LARGE - 1] = (byte) content;
    return bytes;
  }

  @Test
  void largeValueHasAFileAndComesBackAndASmallOneHasNone() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("large", value(7));
      memo.kind("default").put("small", "x");

      assertThat(files()).hasSize(1);
      assertThat(memo.kind("default").volume()).isBetween((long) LARGE, 2L * LARGE);
    }
    try (DiskMemo memo = open()) {
      assertThat(memo.kind("default").get("large", byte[].class)).contains(value(7));
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @Test
  void fileGoesWithItsEntry() throws Exception {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      kind.put("replaced", value(1));
      kind.put("replaced", value(2));
      assertThat(files()).hasSize(1);
      kind.put("replaced", "small");
      assertThat(files()).isEmpty();
      kind.put("deleted", value(1));
      kind.delete("deleted");
      kind.put("popped", value(1));
      kind.pop("popped", byte[].class);
      kind.put("tagged", value(1), Duration.ofDays(1), "t");
      kind.evictTag("t");
      kind.put("cleared", value(1));
      kind.clear();

      assertThat(files()).isEmpty();
      assertThat(kind.check().isSound()).isTrue();
    }
  }

  @Test
  void valueThatIsNotStoredLeavesNoFile() throws Exception {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("default");
      kind.put("k", value(1));
      assertThat(kind.add("k", value(2))).isFalse();

      assertThat(files()).hasSize(1);
      assertThat(kind.get("k", byte[].class)).contains(value(1));
    }
  }

  @Test
  void rolledBackBatchLeavesTheOldValueAndNoFile() throws Exception {
    Profile small =
        PROFILE.toBuilder().sizeLimit(3 * LARGE).maxEntrySize(3 * LARGE).build();
    try (DiskMemo memo = Stores.open(directory, small)) {
      KindCache kind = memo.kind("default");
      kind.put("k", value(1));
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 4; i++) {
          kind.put(i == 0 ? "k" : "k" + i, value(2));
        }
        assertThatThrownBy(batch::commit).hasMessageContaining("no room");
      }

      assertThat(kind.get("k", byte[].class)).contains(value(1));
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void damagedOrMissingFileIsAMissAndTheMethodIsCalledAgain() throws Exception {
    for (boolean missing : List.of(false, true)) {
      try (DiskMemo memo = open()) {
        TestMethod<String> method =
            TestMethod.text("m").body(argument -> argument + "y".repeat(LARGE)).in(memo);
        String value = method.call("a" + missing);
        Path file = files().get(0);
        if (missing) {
          Files.delete(file);
        } else {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length - 1]++;
          Files.write(file, bytes);
        }

        assertThat(method.call("a" + missing)).isEqualTo(value);
        assertThat(method.computations()).isEqualTo(2);
        assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
        assertThat(method.call("a" + missing)).isEqualTo(value);
        assertThat(method.computations()).isEqualTo(2);
        memo.kind("default").clear();
      }
    }
  }

  @Test
  void valueInAFileGetsAnotherTimeToLive() throws Exception {
    TestClock clock = new TestClock();
    try (DiskMemo memo = Stores.open(directory, clock, PROFILE)) {
      KindCache kind = memo.kind("default");
      kind.put("large", value(1));
      assertThat(kind.touch("large", Duration.ofMinutes(1))).isTrue();
      assertThat(kind.get("large", byte[].class)).contains(value(1));
      assertThat(kind.check().isSound()).isTrue();
      Files.write(files().get(0), new byte[] {1});
      assertThat(kind.touch("large", Duration.ofMinutes(1))).isFalse();
      clock.advance(Duration.ofMinutes(2));
      assertThat(kind.touch("large", Duration.ofMinutes(1))).isFalse();
    }
  }

  @Test
  void numberInAFileIsIncremented() throws Exception {
    try (DiskMemo memo = Stores.open(directory, Profile.builder().minFileSize(1).build())) {
      KindCache kind = memo.kind("default");
      kind.put("number", 41L);
      assertThat(files()).hasSize(1);
      assertThat(kind.increment("number", 1)).isEqualTo(42);
      assertThat(kind.increment("number", 1)).isEqualTo(43);
      assertThat(files()).isEmpty();
      kind.put("other", value(1));
      assertThatThrownBy(() -> kind.increment("other", 1)).isInstanceOf(ClassCastException.class);
      assertThat(kind.get("other", byte[].class)).contains(value(1));
    }
  }

  /** No array can hold it; it was taken for damaged, and removed. */
  @Test
  void valueOfMoreThanTwoGigabytesIsNotDamaged() throws Exception {
    try (DiskMemo memo = open()) {
      memo.kind("default").put("large", value(1));
      Stores.tamper(directory, "UPDATE entry SET size = 3000000000");
      assertThat(memo.kind("default").get("large", byte[].class)).isEmpty();
      assertThat(memo.kind("default").stats().missesDamaged()).isZero();
      Stores.tamper(directory, "UPDATE entry SET size = " + (LARGE + 200));
      assertThat(memo.kind("default").get("large", byte[].class)).contains(value(1));
    }
  }

  /** The file could not be read again. */
  @Test
  void valueWithMoreNamesThanItsFileCanHoldIsRefused() throws Exception {
    try (KindStore store = TestLimits.ample().open(directory, new TestClock())) {
      assertThatThrownBy(() -> store.store(NewEntries.entry("k", 1, LARGE, "t".repeat(1_100_000))))
          .isInstanceOfSatisfying(
              DiskException.class, e -> assertThat(e.isTooLarge()).isTrue());
      assertThat(files()).isEmpty();
    }
  }
}
