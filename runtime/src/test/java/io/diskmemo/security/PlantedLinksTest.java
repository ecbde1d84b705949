package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links in place of the store's own files, and directories that others can write to. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a pipe is waited for
class PlantedLinksTest {
  private static final String LARGE = "v".repeat(100_000);

  @TempDir
  Path temporary;

  private Path root;
  private Path victim;

  @BeforeEach
  void makeAStoreAndAVictim() throws Exception {
    root = temporary.resolve("store");
    victim = Files.createDirectory(temporary.resolve("victim"));
    Files.writeString(victim.resolve("precious"), "of somebody");
    try (DiskMemo memo = Stores.open(root)) {
      method(memo).call("a");
      memo.deque("jobs", String.class).add("x");
      memo.maintenance().backup();
    }
    try {
      Files.createSymbolicLink(temporary.resolve("probe"), victim);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this system lets nobody make symbolic links");
    }
  }

  private static TestMethod<String> method(DiskMemo memo) {
    return TestMethod.text("large").body(a -> a + LARGE).in(memo);
  }

  private List<String> content(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file) + " " + read(file))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Moves what is there to the victim's place, and puts a link to it in its own. */
  private void plant(String name) throws IOException {
    Path path = root.resolve(name);
    Path moved = victim.resolve("moved");
    if (Files.exists(path)) {
      Files.move(path, moved);
    } else {
      Files.writeString(moved, "");
    }
    Files.createSymbolicLink(path, moved);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "leases",
        "kinds",
        "native",
        "collections",
        "kinds/default",
        "kinds/default/current",
        "kinds/default/coordination",
        "kinds/default/shards",
        "kinds/default/cache-2-1.db",
        "kinds/default/cache-2-1.db-wal",
        "kinds/default/cache-2-1.db-shm",
        "kinds/default/cache-2-1.db-journal",
        "kinds/default/values",
        "kinds/default/backup",
        "kinds/default/quarantine",
        "collections/jobs",
        "collections/jobs/collection.db"
      })
  void aLinkInPlaceOfOneOfItsFilesIsRefusedByNameAndNotFollowed(String name) throws Exception {
    plant(name);
    List<String> before = content(victim);

    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(root)) {
            memo.kind("default").stats();
            memo.deque("jobs", String.class).add("y");
          }
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining(root.resolve(name) + " is a symbolic link")
        .hasMessageContaining("remove it");
    assertThat(content(victim)).isEqualTo(before);
  }

  @Test
  void aLinkInPlaceOfAFolderOfValuesIsNeitherWrittenThroughNorDeletedThrough() throws Exception {
    Path values = root.resolve("kinds/default/values");
    List<Path> folders;
    try (Stream<Path> all = Files.list(values)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    plant(root.relativize(folders.get(0)).toString());
    List<String> before = content(victim);

    try (DiskMemo memo = Stores.open(root, Profile.builder().memoryLimit(0).build())) {
      TestMethod<String> method = method(memo);
      assertThat(method.call("a")).isEqualTo("a" + LARGE);
      assertThat(method.call("a")).isEqualTo("a" + LARGE);
      assertThat(method.computations()).isEqualTo(2);
      memo.kind("default").clear();
      memo.maintenance().run();
    }
    assertThat(content(victim)).isEqualTo(before);
  }

  @Test
  void aLinkInPlaceOfAValueOrOfABackupIsNotFollowed() throws Exception {
    Path value = io.diskmemo.testkit.ValueFilesOf.defaultIn(root).paths().stream()
        .filter(path -> !path.toString().contains("backup"))
        .findFirst()
        .orElseThrow();
    plant(root.relativize(value).toString());
    List<String> before = content(victim);

    try (DiskMemo memo = Stores.open(root, Profile.builder().memoryLimit(0).build())) {
      assertThat(method(memo).call("a")).isEqualTo("a" + LARGE);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
      memo.maintenance().run();
    }
    assertThat(content(victim)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kinds", "kinds/default", "collections"})
  void aDirectoryThatOthersCanWriteToIsTakenFromThem(String name) throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system has no POSIX permissions");
    Path open = name.isEmpty() ? root : root.resolve(name);
    for (String permissions : List.of("rwxrwxr-x", "rwx----w-")) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));

      try (DiskMemo memo = Stores.open(root)) {
        TestMethod<String> method = method(memo);
        assertThat(method.call("a")).isEqualTo("a" + LARGE);
        assertThat(method.computations()).isZero();
        memo.deque("jobs", String.class).add("y");
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
          .isEqualTo("rwx------");
    }
  }

  /** As in a volume of a group, whose files Kubernetes opens to that group at each start. */
  @Test
  void aLinkInADirectoryThatOthersCouldWriteToIsRefusedAllTheSame() throws Exception {
    plant("kinds/default/current");
    for (String name : List.of("", "kinds", "kinds/default")) {
      Files.setPosixFilePermissions(
          root.resolve(name), PosixFilePermissions.fromString("rwxrwx---"));
    }
    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(root)) {
            memo.kind("default").stats();
          }
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining(root.resolve("kinds/default/current") + " is a symbolic link");
  }

  @Test
  void aFileSystemWithoutPermissionsIsUsed() throws Exception {
    Path image = temporary.resolve("image");
    Path place = Files.createDirectory(temporary.resolve("place"));
    assumeTrue(
        Commands.isRoot() && Commands.exists("mkfs.vfat"),
        "mounting a file system without permissions needs root and mkfs.vfat (dosfstools)");
    Commands.run("truncate", "-s", "64M", image.toString());
    Commands.run("mkfs.vfat", image.toString());
    assumeTrue(
        Commands.succeeds(
            "mount", "-o", "loop,umask=000", "-t", "vfat", image.toString(), place.toString()),
        "this root may not mount vfat (a container without CAP_SYS_ADMIN?)");
    try (DiskMemo memo = Stores.open(place.resolve("store"))) {
      TestMethod<String> method = method(memo);
      method.call("a");
      assertThat(memo.kind("default").stats().entries()).isOne();
    } finally {
      Commands.run("umount", "-l", place.toString());
    }
  }

  /** It would be waited for until somebody writes to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"format", "leases", "kinds/default/current", "kinds/default/coordination"})
  void aPipeInPlaceOfAFileIsRefused(String name) throws Exception {
    assumeTrue(Commands.exists("mkfifo"), "this system has no mkfifo");
    Files.delete(root.resolve(name));
    Commands.run("mkfifo", root.resolve(name).toString());

    assertThatThrownBy(() -> {
          try (DiskMemo memo = Stores.open(root)) {
            memo.kind("default").stats();
          }
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining(root.resolve(name) + " is neither a file nor a directory");
  }
}
