package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import io.diskmemo.StoreHealth;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.MountedTmpfs;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two megabytes. */
class FullDiskTest {
  private static final int CALLS = 40;

  @TempDir
  private Path directory;

  private Path small;
  private @Nullable MountedTmpfs mounted;

  @BeforeEach
  void mount() throws IOException {
    small = Files.createDirectory(directory.resolve("small"));
    mounted = MountedTmpfs.on(small, "2m");
  }

  @AfterEach
  void unmount() {
    if (mounted != null) {
      mounted.close();
    }
  }

  @Test
  void callsGoOnWhenTheDiskIsFullAndStoringResumesWhenItIsNot() throws IOException {
    Path filler = small.resolve("filler");
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      text.text("t/before", () -> "before");
      fill(filler);

      callAll("full", text);
      assertThat(memo.kind("texts").stats().stores()).isLessThan(CALLS);
      assertThat(memo.kind("texts").stats().refusedUnavailable()).isPositive();
      assertThat(text.known("t/before")).isEqualTo("before");

      assertThat(memo.kind("texts").stats().health().state()).isEqualTo(StoreHealth.State.DEGRADED);
      Files.delete(filler);
      awaitHealth(memo);
      callAll("free", text);
      requireStored("free");
      assertThat(memo.kind("texts").check().problems()).isEmpty();
    }
    requireStored("free");
  }

  @Test
  void valueFilesThatDoNotFitLeaveNothingBehind() throws IOException {
    Path filler = small.resolve("filler");
    ValueFilesOf files = new ValueFilesOf(small.resolve("store/kinds/texts"));
    try (DiskMemo memo = DiskMemo.open(filesFrom(1000))) {
      MemoizedText text = new MemoizedText(memo, "texts");
      text.text("t/before", () -> "before" + "x".repeat(3_000));
      fill(filler);

      callAll("full", text);
      assertThat(memo.kind("texts").stats().refusedUnavailable()).isPositive();
      assertThat(text.known("t/before")).hasSize(3_006);
      assertThat(files.onDisk()).isEqualTo(files.inRows());

      assertThat(memo.kind("texts").stats().health().state()).isEqualTo(StoreHealth.State.DEGRADED);
      Files.delete(filler);
      awaitHealth(memo);
      callAll("free", text);
      requireStored("free");
      assertThat(files.onDisk()).isEqualTo(files.inRows());
    }
  }

  @Test
  void aClearThatHasNoRoomForItsDatabaseLeavesTheOldOne() throws IOException {
    Path filler = small.resolve("filler");
    try (DiskMemo memo = DiskMemo.open(filesFrom(1000))) {
      KindCache kind = memo.kind("texts");
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 1500; i++) {
          kind.put("k" + i, i);
        }
        batch.commit();
      }
      fill(filler);
      assertThatThrownBy(kind::clear).isInstanceOf(StoreException.class);
      assertThat(kind.get("k7", Integer.class)).contains(7);
      assertThat(kind.keys().count()).isEqualTo(1500);

      Files.delete(filler);
      assertThat(kind.clear()).isEqualTo(1500);
      assertThat(kind.get("k7", Integer.class)).isEmpty();
      assertThat(kind.put("k7", 8)).isTrue();
      memo.maintenance().run();
    }
    try (Stream<Path> all = Files.list(small.resolve("store/kinds/texts"))) {
      assertThat(all.filter(file -> file.toString().endsWith(".db"))).hasSize(1);
    }
  }

  @Test
  void aDiskThatTheStoreItselfFillsIsNoHindrance() {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      for (int round = 0; round < 10; round++) {
        callAll("round" + round, text);
      }
      assertThat(memo.kind("texts").stats().stores()).isLessThan(10 * CALLS);
      assertThat(memo.kind("texts").check().problems()).isEmpty();
    }
    try (DiskMemo memo = DiskMemo.open(settings())) {
      callAll("later", new MemoizedText(memo, "texts"));
      KindCache kind = memo.kind("texts");
      assertThat(kind.check().problems()).isEmpty();
      assertThat(kind.check().damaged()).isZero();
    }
  }

  private Settings settings() {
    return filesFrom(Profile.defaults().minFileSize());
  }

  private Settings filesFrom(long bytes) {
    return Settings.builder()
        .directory(small.resolve("store"))
        .kind(
            "texts",
            Profile.builder()
                .minFileSize(bytes)
                .breakerPause(Duration.ofMillis(50))
                .build())
        .build();
  }

  private static void callAll(String prefix, MemoizedText text) {
    for (int i = 0; i < CALLS; i++) {
      String name = prefix + "/" + i;
      String value = name + "x".repeat(3_000);
      assertThat(text.text(name, () -> value)).isEqualTo(value);
    }
  }

  private void requireStored(String prefix) {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      for (int i = 0; i < CALLS; i++) {
        String name = prefix + "/" + i;
        assertThat(text.known(name)).isEqualTo(name + "x".repeat(3_000));
      }
    }
  }

  private static void awaitHealth(DiskMemo memo) {
    Patience.until(
        "it stores again",
        () -> memo.kind("texts").stats().health().state() == StoreHealth.State.HEALTHY);
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
