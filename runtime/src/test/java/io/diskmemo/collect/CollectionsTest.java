package io.diskmemo.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.PersistentDeque;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.CollectionFiles;
import io.diskmemo.testkit.Stores;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deques and maps have in common: names, types, settings and files. */
class CollectionsTest {
  @TempDir
  Path directory;

  private DiskMemo open(Profile profile) {
    return DiskMemo.open(
        Settings.builder().directory(directory).kind("jobs", profile).build());
  }

  @Test
  void sameNameIsTheSameCollectionAndNothingElse() {
    try (DiskMemo memo = Stores.open(directory)) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      assertThat(memo.deque("jobs", String.class)).isSameAs(jobs);
      assertThat(memo.deque("codec", new Codecs.Text()))
          .isSameAs(memo.deque("codec", new Codecs.Text()));
      assertThatThrownBy(() -> memo.deque("jobs", Integer.class))
          .isInstanceOf(DiskMemoException.class)
          .hasMessage("open collection jobs: it is open as a deque of java.lang.String, not as a"
              + " deque of java.lang.Integer; use another name");
      assertThatThrownBy(() -> memo.deque("codec", new Codecs.Numbers()))
          .isInstanceOf(DiskMemoException.class);
      assertThatThrownBy(() -> memo.map("jobs", String.class, String.class))
          .hasMessageContaining("it is open as a deque of java.lang.String");
      assertThatThrownBy(() -> memo.deque("Jobs", String.class))
          .isInstanceOf(InvalidSettingException.class);
      assertThatThrownBy(() -> memo.deque("../jobs", String.class))
          .isInstanceOf(InvalidSettingException.class);
      assertThatThrownBy(() -> memo.deque("ints", int.class))
          .hasMessageContaining("name its class, such as Integer.class");
    }
  }

  @Test
  void whatItHoldsIsKnownToOtherProcesses() {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.deque("jobs", String.class).add("a");
      memo.map("counts", String.class, Long.class).put("a", 1L);
      memo.deque("codec", new Codecs.Text()).add("a");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      assertThatThrownBy(() -> memo.deque("jobs", Integer.class))
          .isInstanceOf(DiskMemoException.class)
          .hasMessage("open deque jobs: it is a deque of java.lang.String, not a deque of"
              + " java.lang.Integer; open it as what it is, or use another name");
      assertThatThrownBy(() -> memo.deque("counts", Long.class))
          .hasMessageContaining("it is a map of java.lang.String to java.lang.Long");
      assertThatThrownBy(() -> memo.deque("codec", String.class))
          .hasMessageContaining("it is a deque of a codec");
      assertThat(memo.deque("jobs", String.class)).containsExactly("a");
    }
  }

  @Test
  void settingsOfKindsAreRefused() {
    try (DiskMemo memo = open(Profile.builder().ttl(Duration.ofDays(1)).build())) {
      assertThatThrownBy(() -> memo.deque("jobs", String.class))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessage("ttl of jobs (the program) is for kinds, and jobs is opened as a persistent"
              + " collection, which keeps everything for ever; take the setting out, or use another"
              + " name");
    }
    Profile recent =
        Profile.builder().evictionPolicy(EvictionPolicy.LEAST_RECENTLY_USED).build();
    try (DiskMemo memo = open(recent)) {
      assertThatThrownBy(() -> memo.map("jobs", String.class, String.class))
          .hasMessageContaining("eviction-policy of jobs");
    }
    try (DiskMemo memo = open(Profile.builder().sizeLimit(1 << 20).build())) {
      assertThatThrownBy(() -> memo.map("jobs", String.class, String.class))
          .hasMessageContaining("size-limit of jobs");
    }
    Profile none = Profile.builder()
        .evictionPolicy(EvictionPolicy.NONE)
        .ttlNever()
        .timeout(Duration.ofSeconds(3))
        .build();
    try (DiskMemo memo = open(none)) {
      assertThat(memo.deque("jobs", String.class).offer("a")).isTrue();
    }
  }

  @Test
  void waitForAnotherWriterEndsWithTheTimeOut() throws Exception {
    try (DiskMemo memo = open(Profile.builder().timeout(Duration.ofMillis(50)).build())) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      jobs.add("a");
      try (Connection other = CollectionFiles.lock(directory, "jobs")) {
        assertThat(other.isClosed()).isFalse();
        assertThatThrownBy(() -> jobs.add("b"))
            .isInstanceOfSatisfying(DiskMemoException.class, e -> {
              assertThat(e.isTransient()).isTrue();
              assertThat(e.operation()).isEqualTo("add to deque jobs");
            });
        assertThatThrownBy(jobs::poll).isInstanceOf(DiskMemoException.class);
        assertThat(jobs.peek()).isEqualTo("a");
      }
      assertThat(jobs.add("b")).isTrue();
      assertThat(jobs).containsExactly("a", "b");
    }
  }

  @Test
  void kindsAndTheirMaintenanceLeaveCollectionsAlone() {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("jobs").put("k", "v");
      memo.deque("jobs", String.class).add("a");
      memo.map("counts", String.class, Long.class).put("a", 1L);

      assertThat(memo.kindNames()).containsExactly("jobs");
      memo.maintenance().run();
      memo.maintenance().backup();
      assertThat(memo.maintenance().check()).hasSize(1);
      memo.kind("jobs").clear();
      memo.evictTag("any");

      assertThat(memo.kind("jobs").stats().entries()).isZero();
      assertThat(memo.deque("jobs", String.class)).containsExactly("a");
      assertThat(memo.map("counts", String.class, Long.class)).containsEntry("a", 1L);
    }
  }

  @Test
  void onlyTheOwnerCanReadIt() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system has no POSIX permissions");
    try (DiskMemo memo = Stores.open(directory.resolve("store"))) {
      memo.deque("jobs", String.class).add("a");
      try (Stream<Path> all = Files.walk(directory.resolve("store/collections"))) {
        assertThat(all.toList())
            .hasSizeGreaterThan(3)
            .allSatisfy(path -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
      }
    }
  }

  /** A cache can be computed again, and says so to programs that make backups. */
  @Test
  void directoryIsNoMereCacheAnyMore() {
    Path store = directory.resolve("store");
    try (DiskMemo memo = Stores.open(store)) {
      assertThat(store.resolve("CACHEDIR.TAG")).exists();
      memo.deque("jobs", String.class);
      assertThat(store.resolve("CACHEDIR.TAG")).doesNotExist();
    }
    Stores.open(store).close();
    assertThat(store.resolve("CACHEDIR.TAG")).doesNotExist();
  }

  @Test
  void newerFormatIsRefusedAndUntouched() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.deque("jobs", String.class).add("a");
    }
    CollectionFiles.tamper(directory, "jobs", "PRAGMA user_version = 2");
    byte[] before = Files.readAllBytes(CollectionFiles.of(directory, "jobs"));
    try (DiskMemo memo = Stores.open(directory)) {
      assertThatThrownBy(() -> memo.deque("jobs", String.class))
          .isInstanceOf(DiskMemoException.class)
          .hasMessage("open collection jobs: the database has format 2, and this release reads 1;"
              + " use the release that made it, or another name");
    }
    assertThat(Files.readAllBytes(CollectionFiles.of(directory, "jobs"))).isEqualTo(before);
  }

  @Test
  void fileThatIsNoDatabaseIsRefusedAndUntouched() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.deque("jobs", String.class).add("a");
    }
    Path file = CollectionFiles.of(directory, "jobs");
    byte[] noise = new byte[8192];
    noise[17] = 3;
    Files.write(file, noise);
    try (DiskMemo memo = Stores.open(directory)) {
      assertThatThrownBy(() -> memo.deque("jobs", String.class))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("open collection jobs")
          .hasMessageContaining("file is not a database");
      assertThat(memo.deque("others", String.class).offer("a")).isTrue();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(noise);
  }

  /** What is written to a file without a name would be lost in silence. */
  @Test
  void removedFileIsNoticed() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system keeps files that are open");
    try (DiskMemo memo = Stores.open(directory)) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      jobs.add("a");
      Path file = CollectionFiles.of(directory, "jobs");
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
      assertThatThrownBy(() -> jobs.add("b"))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("was removed or replaced while it was open");
      assertThatThrownBy(jobs::peek).isInstanceOf(DiskMemoException.class);
      try (DiskMemo other = Stores.open(directory)) {
        other.deque("jobs", String.class).add("new");
        assertThatThrownBy(jobs::poll).hasMessageContaining("removed or replaced");
        assertThat(other.deque("jobs", String.class)).containsExactly("new");
      }
    }
  }
}
