package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwritableDirectoryTest {
  @TempDir
  private Path directory;

  private Path mounted;

  @AfterEach
  void unmount() {
    if (mounted != null) {
      Commands.succeeds("umount", "-l", mounted.toString());
    }
  }

  @Test
  void aReadOnlyFileSystemIsRefusedWithTheWayOut() throws Exception {
    assumeTrue(Commands.isRoot(), "mounting a file system needs root");
    Path place = Files.createDirectory(directory.resolve("place"));
    assumeTrue(
        Commands.succeeds("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place.toString()),
        "this root may not mount tmpfs (a container without CAP_SYS_ADMIN?)");
    mounted = place;
    DiskMemo.open(KillVictim.settings(place.resolve("store"))).close();
    Commands.run("mount", "-o", "remount,ro", place.toString());
    try (ChildJvm child = ChildJvm.start(Caller.class, place.resolve("store"))) {
      assertThat(child.remainingLines()).isEmpty();
      assertThat(child.complaints()).contains("make it writable or name another");
    }
    Commands.run("mount", "-o", "remount,rw", place.toString());
    try (ChildJvm child = ChildJvm.start(Caller.class, place.resolve("store"))) {
      assertThat(child.success()).endsWith("closed");
    }
  }

  @Test
  void aDirectoryOfAnotherUserIsRefusedWithTheWayOut() {
    assumeTrue(
        Commands.isRoot() && Commands.exists("setpriv"),
        "becoming another user needs root and setpriv (util-linux)");
    Path store = directory.resolve("store");
    DiskMemo.open(KillVictim.settings(store)).close();
    List<String> asNobody =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    try (ChildJvm child = ChildJvm.startUnder(asNobody, Caller.class, store)) {
      assertThat(child.remainingLines()).isEmpty();
      assertThat(child.exitStatus()).isPositive();
    }
  }
}
