package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.MountedTmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared instance where its directory cannot be used: wrappers work. */
class SharedInstanceTroubleTest {
  private static final List<String> QUICK =
      List.of("env", "DISKMEMO_KIND_DEFAULT_BREAKER_PAUSE=PT0.05S");
  /** The owner of the files, for whom permissions count as for anybody. */
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

  @TempDir
  private Path directory;

  private @Nullable MountedTmpfs mounted;

  @AfterEach
  void unmount() {
    if (mounted != null) {
      mounted.close();
    }
  }

  private static ChildJvm start(List<String> prefix, Path store) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(QUICK);
    command.add("DISKMEMO_DIRECTORY=" + store);
    return ChildJvm.startUnder(command, SharedCaller.class).awaitLine("open");
  }

  private static void assumePrivileges() {
    assumeTrue(
        Commands.isRoot() && Commands.exists("setpriv"),
        "giving up privileges needs root and setpriv (util-linux)");
  }

  private static void requireMemoryOnly(ChildJvm child, String reason) {
    assertThat(child.ask("call t/a")).isEqualTo("computed t/a");
    assertThat(child.ask("known t/a")).as("from memory").isEqualTo("computed t/a");
    assertThat(child.ask("state")).isEqualTo("UNHEALTHY");
    assertThat(child.ask("evict t")).contains(reason);
    assertThat(child.ask("known t/a")).as("forgotten").isEqualTo("unknown");
    child.awaitComplaint("kept in memory only");
    child.awaitComplaint(reason);
    assertThat(child.complaints().split("kept in memory only", -1)).hasSize(2);
  }

  /** What was in memory when the child notices that the directory is out of reach is forgotten, once. */
  private static void requireRemembered(ChildJvm child, String name) {
    Patience.until("it answers from memory", () -> {
      assertThat(child.ask("call " + name)).isEqualTo("computed " + name);
      return child.ask("known " + name).equals("computed " + name);
    });
  }

  private static void requireRecovery(ChildJvm child) {
    Patience.until("it stores again", () -> child.ask("state").equals("HEALTHY"));
    assertThat(child.ask("call t/b")).isEqualTo("computed t/b");
    assertThat(child.ask("evict u")).isEqualTo("0");
  }

  private static void requireStored(Path store) {
    try (DiskMemo memo = DiskMemo.open(store)) {
      assertThat(new MemoizedText(memo, "default").known("t/b")).isEqualTo("computed t/b");
    }
  }

  @Test
  void aReadOnlyFileSystemMeansMemoryUntilItIsWritable() throws IOException {
    Path place = Files.createDirectory(directory.resolve("place"));
    mounted = MountedTmpfs.on(place, "4m");
    mounted.remount("ro");
    Path store = place.resolve("store");
    try (ChildJvm child = start(List.of(), store)) {
      requireMemoryOnly(child, "make it writable or name another");
      mounted.remount("rw");
      requireRecovery(child);
    }
    requireStored(store);
  }

  @Test
  void permissionsThatAreTakenAwayAndGivenBack() throws IOException {
    assumePrivileges();
    Path store = directory.resolve("store");
    try (ChildJvm child = start(WITHOUT_PRIVILEGES, store)) {
      assertThat(child.ask("call t/first")).isEqualTo("computed t/first");
      Commands.run("chmod", "000", store.toString());
      assertThat(child.ask("call t/during")).isEqualTo("computed t/during");
      assertThat(child.ask("state")).isEqualTo("UNHEALTHY");
      requireRemembered(child, "t/during");
      Commands.run("chmod", "700", store.toString());
      requireRecovery(child);
      assertThat(child.ask("known t/first")).isEqualTo("computed t/first");
    }
    requireStored(store);
  }

  @Test
  void anEvictionByAnotherProcessReachesWhatIsOnlyInMemory() {
    assumePrivileges();
    Path store = directory.resolve("store");
    try (ChildJvm child = start(WITHOUT_PRIVILEGES, store)) {
      assertThat(child.ask("call t/first")).isEqualTo("computed t/first");
      Commands.run("chmod", "000", store.toString());
      requireRemembered(child, "u/during");
      try (DiskMemo memo = DiskMemo.open(store)) { // of whom permissions ask nothing
        assertThat(memo.evictTag("t")).isEqualTo(1);
        assertThat(child.ask("known u/during"))
            .as("nobody can tell that it was not evicted")
            .isEqualTo("unknown");
        child.ask("call u/again");
        assertThat(child.ask("known u/again")).isEqualTo("computed u/again");
        assertThat(memo.evictTag("u")).isZero();
      }
      Commands.run("chmod", "700", store.toString());
      requireRecovery(child);
      assertThat(child.ask("known t/first")).isEqualTo("unknown");
      assertThat(child.ask("known u/again")).isEqualTo("unknown");
    }
  }

  @Test
  void aDirectoryOfAnotherUserIsNotTouched() throws IOException {
    assumePrivileges();
    Path store = Files.createDirectory(directory.resolve("store"));
    Commands.run("chmod", "777", store.toString());
    Commands.run("chown", "65534", store.toString());
    try (ChildJvm child = start(WITHOUT_PRIVILEGES, store)) {
      requireMemoryOnly(child, "belongs to another user");
    }
    // a child that is killed may leave the file by which it looks who it is
    assertThat(store)
        .isDirectoryNotContaining(file -> !file.getFileName().toString().startsWith("owner."));
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    try (ChildJvm child = start(List.of(), link)) {
      requireMemoryOnly(child, "symbolic link");
    }
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aSymbolicLinkToAStoreIsNotFollowed() throws IOException {
    Path target = directory.resolve("target");
    DiskMemo.open(Settings.builder().directory(target).build()).close();
    FileTime longAgo = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(target, longAgo);
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    try (ChildJvm child = start(List.of(), link)) {
      requireMemoryOnly(child, "symbolic link");
    }
    assertThat(target.resolve("kinds")).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(target)).isEqualTo(longAgo);
  }

  @Test
  void aSettingThatIsNoneFailsNoWrapper() {
    List<String> wrong = List.of("env", "DISKMEMO_KIND_GEO_SIZE_LIMIT=much");
    try (ChildJvm child = start(wrong, directory.resolve("store"))) {
      requireMemoryOnly(child, "size-limit");
    }
    assertThat(directory.resolve("store")).doesNotExist();
  }

  /** No hook can be added any more then. */
  @Test
  void itCanBeAskedForWhileTheJvmEnds() {
    List<String> command =
        List.of("env", "DISKMEMO_DIRECTORY=" + directory.resolve("store").toAbsolutePath());
    try (ChildJvm child = ChildJvm.startUnder(command, LateCaller.class)) {
      assertThat(child.success()).containsExactly("computed t/a", "computed t/a");
    }
  }
}
