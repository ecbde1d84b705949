package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreHealth;
import io.diskmemo.StoreHealth.State;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes or spoils what is open. */
class LostDirectoryTest {
  @TempDir
  private Path parent;

  private Path directory() {
    return parent.resolve("store");
  }

  private Settings settings() {
    return Settings.builder()
        .directory(directory())
        .kind("texts", Profile.builder().breakerPause(Duration.ofMillis(50)).build())
        .build();
  }

  /** All at once, so that nobody makes it again while this removes. */
  private void remove(Path directory) throws IOException {
    Path removed = Files.move(directory, parent.resolve("removed"));
    try (Stream<Path> all = Files.walk(removed)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  @Test
  void aDirectoryThatIsRemovedUnderARunningJvmIsMadeAgain() throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      text.text("t/before", () -> "before");
      remove(directory());

      assertThat(text.text("t/during", () -> "during")).isEqualTo("during");
      Health.await(
          memo, "texts", State.HEALTHY); // again, or still if nobody called before it was seen
      assertThat(text.text("t/before", () -> "anew"))
          .as("what was removed is computed, not remembered")
          .isEqualTo("anew");
      assertThat(Files.getPosixFilePermissions(directory()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      try (DiskMemo other = DiskMemo.open(settings())) {
        assertThat(new MemoizedText(other, "texts").known("t/before")).isEqualTo("anew");
        assertThat(other.evictTag("t")).isPositive();
      }
      assertThat(text.text("t/before", () -> "evicted")).isEqualTo("evicted");
    }
  }

  /** It was told from memory what others had evicted in the meantime, for as long as nothing was stored. */
  @Test
  void whatOthersEvictInADirectoryMadeAnewIsNotRemembered() throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      text.text("t/a", () -> "old");
      remove(directory());
      try (DiskMemo other = DiskMemo.open(settings())) {
        assertThat(new MemoizedText(other, "texts").text("t/a", () -> "old")).isEqualTo("old");
        assertThat(other.evictTag("t")).isPositive();
      }

      Patience.until("it is seen", () -> text.text("t/a", () -> "new").equals("new"));
    }
  }

  /** The directory made anew knew nothing of the eviction, and it was stored there. */
  @Test
  void whatWasEvictedWhileItWasComputedIsNotStoredInADirectoryMadeAnew() {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> {
            assertThat(memo.evictTag("t")).isZero();
            remove(directory());
            Patience.until("it is made anew", () -> isSharedByOthers(memo));
            return "old";
          }))
          .isEqualTo("old");
      assertThat(text.text("t/a", () -> "new")).isEqualTo("new");
      assertThat(text.known("t/a")).isEqualTo("new");
    }
  }

  private boolean isSharedByOthers(DiskMemo memo) {
    try (DiskMemo other = DiskMemo.open(settings())) {
      memo.kind("texts").put("shared", true);
      return other.kind("texts").contains("shared");
    } catch (DiskMemoException e) { // it has the removed one open still
      return false;
    }
  }

  @Test
  void memoryWithoutALimitHoldsAsMuchWithoutTheDisk() throws IOException {
    try (DiskMemo memo = openedWithoutDisk(Long.MAX_VALUE)) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> "a")).isEqualTo("a");
      assertThat(text.known("t/a")).isEqualTo("a");
    }
  }

  @Test
  void aKindOfANewerReleaseIsLeftAloneAndItsMethodsWork() throws IOException {
    Path current = directory().resolve("kinds/texts/current");
    try (DiskMemo memo = DiskMemo.open(settings())) {
      new MemoizedText(memo, "texts").text("t/before", () -> "before");
    }
    Files.writeString(current, "cache-99-7.db\n");
    try (DiskMemo memo = DiskMemo.open(settings())) {
      assertThatThrownBy(() -> memo.kind("texts"))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("newer release");
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> "a")).isEqualTo("a");
      assertThat(text.known("t/a")).as("from memory").isEqualTo("a");
      Health.require(memo, "texts", State.UNHEALTHY);
      assertThat(Health.of(memo, "texts").reason()).contains("newer release");
      assertThat(current).hasContent("cache-99-7.db");
      assertThat(directory().resolve("kinds/texts/cache-99-7.db")).doesNotExist();

      assertThatThrownBy(() -> memo.evictTag("t")).isInstanceOf(DiskMemoException.class);
      assertThat(text.text("t/a", () -> "anew"))
          .as("forgotten, although it could not be evicted on disk")
          .isEqualTo("anew");

      Files.writeString(current, "cache-2-1.db\n");
      Health.await(memo, "texts", State.HEALTHY);
      assertThat(text.known("t/before")).isEqualTo("before");
      text.text("t/after", () -> "after");
    }
    try (DiskMemo memo = DiskMemo.open(settings())) {
      assertThat(new MemoizedText(memo, "texts").known("t/after")).isEqualTo("after");
    }
  }

  private static final int FILLING = 14;

  private DiskMemo openedWithoutDisk(long memoryBytes) throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      new MemoizedText(memo, "texts").text("t/before", () -> "before");
    }
    Files.writeString(directory().resolve("kinds/texts/current"), "cache-99-7.db\n");
    Profile profile = Profile.builder()
        .breakerPause(Duration.ofMillis(50))
        .memoryLimit(memoryBytes)
        .build();
    return DiskMemo.open(
        Settings.builder().directory(directory()).kind("texts", profile).build());
  }

  @Test
  void whatIsBeingComputedDuringAnEvictionIsNotRemembered() throws IOException {
    try (DiskMemo memo = openedWithoutDisk(1 << 20)) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> {
            assertThatThrownBy(() -> memo.evictTag("t")).isInstanceOf(DiskMemoException.class);
            return "old";
          }))
          .isEqualTo("old");
      assertThat(text.text("t/a", () -> "new")).isEqualTo("new");
      assertThat(text.known("t/a")).isEqualTo("new");
    }
  }

  @Test
  void memoryHoldsTwiceAsMuchWithoutTheDisk() throws IOException {
    try (DiskMemo memo = openedWithoutDisk(100_000)) {
      MemoizedText text = new MemoizedText(memo, "texts");
      for (int i = 0; i < FILLING; i++) {
        text.text("t/" + i, () -> "x".repeat(10_000));
      }
      for (int i = 0; i < FILLING; i++) {
        assertThat(text.known("t/" + i)).hasSize(10_000);
      }
    }
  }

  @Test
  void eachChangeIsInTheFlightRecordingOnce() throws IOException {
    Path file = parent.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.diskmemo.Health");
      recording.start();
      try (DiskMemo memo = openedWithoutDisk(1 << 20)) {
        MemoizedText text = new MemoizedText(memo, "texts");
        text.text("t/a", () -> "a");
        text.text("t/b", () -> "b");
        Files.writeString(directory().resolve("kinds/texts/current"), "cache-2-1.db\n");
        Health.await(memo, "texts", State.HEALTHY);
        assertThat(Health.of(memo, "texts").changes()).isEqualTo(2);
      }
      recording.stop();
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file).stream()
            .sorted(Comparator.comparing(RecordedEvent::getStartTime))) // they are in any order
        .extracting(event -> event.getString("level"))
        .containsExactly("UNHEALTHY", "HEALTHY");
  }

  @Test
  void aKindWhoseDatabaseIsNoneFailsNoWrapperAndIsMadeAnew() throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      new MemoizedText(memo, "texts").text("t/before", () -> "before");
    }
    Files.write(
        directory().resolve("kinds/texts/cache-2-1.db"),
        "no database".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> "a")).isEqualTo("a");
      assertThat(text.known("t/a")).isEqualTo("a");
      assertThat(memo.kind("texts").check().quarantined()).isNotEmpty();
      Health.require(memo, "texts", StoreHealth.State.HEALTHY);
    }
  }
}
