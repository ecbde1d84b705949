package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.MountedTmpfs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwritableDirectoryTest {
  @TempDir
  private Path directory;

  private @Nullable MountedTmpfs mounted;

  @AfterEach
  void unmount() {
    if (mounted != null) {
      mounted.close();
    }
  }

  @Test
  void aReadOnlyFileSystemIsRefusedWithTheWayOut() throws Exception {
    Path place = Files.createDirectory(directory.resolve("place"));
    mounted = MountedTmpfs.on(place, "2m");
    DiskMemo.open(KillVictim.settings(place.resolve("store"))).close();
    mounted.remount("ro");
    try (ChildJvm child = ChildJvm.start(Caller.class, place.resolve("store"))) {
      assertThat(child.remainingLines()).isEmpty();
      assertThat(child.complaints()).contains("make it writable or name another");
    }
    mounted.remount("rw");
    try (ChildJvm child = ChildJvm.start(Caller.class, place.resolve("store"))) {
      assertThat(child.success()).endsWith("closed");
    }
  }
}
