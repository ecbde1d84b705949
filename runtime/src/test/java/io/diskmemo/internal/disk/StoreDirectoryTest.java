package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directories are opened, and which are refused. */
class StoreDirectoryTest {
  @TempDir
  Path temporary;

  @Test
  void missingDirectoryIsMadeWithItsParents() throws Exception {
    Path root = temporary.resolve("a/b/store");

    assertThat(StoreDirectory.openOrCreate(root).root()).isEqualTo(root);
    assertThat(namesIn(root)).containsExactly(".gitignore", "CACHEDIR.TAG", "format", "kinds");
    assertThat(root.resolve(".gitignore")).hasContent("*");
    assertThat(root.resolve("format")).hasContent("diskmemo 1");
    assertThat(Files.readString(root.resolve("CACHEDIR.TAG")))
        .startsWith("Signature: 8a477f597d28d172789f06886806bc55\n");
  }

  @Test
  void directoryIsCompletedFromEveryStepOfMakingIt() throws Exception {
    List<String> steps = List.of(".gitignore", "CACHEDIR.TAG", "kinds", "format");
    for (int done = 0; done < steps.size(); done++) {
      Path root = temporary.resolve("store" + done);
      StoreDirectory.openOrCreate(root);
      for (String undone : steps.subList(done, steps.size())) {
        Files.delete(root.resolve(undone));
      }
      Files.writeString(root.resolve("format.1234.tmp"), "torn");

      assertThat(StoreDirectory.openOrCreate(root).kindNames()).isEmpty();
      assertThat(namesIn(root)).containsAll(steps);
    }
  }

  @Test
  void relativePathIsMadeAbsolute() {
    Path store = temporary.resolve("x/../store");

    assertThat(StoreDirectory.openOrCreate(store).root()).isEqualTo(temporary.resolve("store"));
  }

  @Test
  void directoryWithSomethingElseIsRefusedAndUntouched() throws Exception {
    Files.writeString(temporary.resolve("thesis.tex"), "x");

    assertRefused(temporary, "holds thesis.tex and is no store; use an empty directory");
    assertThat(namesIn(temporary)).containsExactly("thesis.tex");
  }

  @Test
  void fileInPlaceOfTheDirectoryIsRefusedAndUntouched() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertRefused(file, file + " is a file; name a directory");
    assertThat(file).hasContent("x");
    assertRefused(file.resolve("below"), "cannot be used");
  }

  @Test
  void symbolicLinkIsRefused() throws Exception {
    Path link = temporary.resolve("link");
    try {
      Files.createSymbolicLink(link, Files.createDirectory(temporary.resolve("target")));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this system lets nobody make symbolic links");
    }

    assertRefused(link, "is a symbolic link; name the directory that it points to");
    assertThat(namesIn(temporary.resolve("target"))).isEmpty();
    Files.delete(temporary.resolve("target"));
    assertRefused(link, "is a symbolic link");
  }

  @Test
  void newerFormatIsRefusedAndUntouched() throws Exception {
    StoreDirectory.openOrCreate(temporary);
    Files.writeString(temporary.resolve("format"), "diskmemo 2\n");

    assertRefused(
        temporary, "has the format \"diskmemo 2\", and this release reads \"diskmemo 1\"");
    assertThat(temporary.resolve("format")).hasContent("diskmemo 2");
  }

  /** It was made first, and then refused. */
  @Test
  void questionMarkInThePathIsRefusedBeforeAnythingIsMade() throws Exception {
    Path path = temporary.resolve("what?/store");

    assertRefused(path, "has a '?' in its path");
    assertThat(namesIn(temporary)).isEmpty();
  }

  @Test
  void otherOddPathsWork() {
    for (String name :
        List.of("with space", "#hash", "100%", "a%20b", "日本", "semi;colon", "'q'\"")) {
      KindStores.open(temporary.resolve(name), "k", 1000, InstantSource.system())
          .close();

      assertThat(temporary.resolve(name).resolve("kinds/k/cache-2-1.db")).isNotEmptyFile();
    }
  }

  @Test
  void existingStoreIsDemandedByTools() throws Exception {
    Path missing = temporary.resolve("missing");
    assertThatThrownBy(() -> StoreDirectory.openExisting(missing))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("there is no directory " + missing);
    assertThat(missing).doesNotExist();
    assertThatThrownBy(() -> StoreDirectory.openExisting(temporary))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("holds no store");
    assertThat(namesIn(temporary)).isEmpty();

    StoreDirectory.openOrCreate(temporary);
    assertThat(StoreDirectory.openExisting(temporary).root()).isEqualTo(temporary);
  }

  @Test
  void kindOfANewerFormatIsRefusedAndStaysAsItIs() throws Exception {
    KindStores.open(temporary, "k", 1000, InstantSource.system()).close();
    Path current = temporary.resolve("kinds/k/current");
    Files.writeString(current, "cache-3-1.db");
    List<String> before = namesIn(current.getParent());

    assertThatThrownBy(() -> KindStores.open(temporary, "k", 1000, InstantSource.system()))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("was made by a newer release; use that, or another directory");
    assertThat(current).hasContent("cache-3-1.db");
    assertThat(namesIn(current.getParent())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "",
        "cache-2-",
        "cache-2-1.db\ncache-2-2.db",
        "cache-2-7.db",
        "cache-2-999999999999.db",
        "\u0000\u00ff",
        "/etc/passwd"
      })
  void pointerThatNamesNoDatabaseIsMended(String name) throws Exception {
    Path current = temporary.resolve("kinds/k/current");
    try (KindStore store = KindStores.open(temporary, "k", 100_000, InstantSource.system())) {
      store.store(NewEntries.entry("kept", 1, 10));
    }
    Files.writeString(current, name);
    try (KindStore store = KindStores.open(temporary, "k", 100_000, InstantSource.system())) {
      assertThat(store.find(NewEntries.key("kept"))).isInstanceOf(StoredEntry.class);
      assertThat(store.takeRescued()).isEmpty();
    }
    assertThat(current).hasContent("cache-2-1.db");
  }

  @Test
  void pointerThatIsMissingIsMended() throws Exception {
    Path current = temporary.resolve("kinds/k/current");
    try (KindStore store = KindStores.open(temporary, "k", 100_000, InstantSource.system())) {
      store.evict(EntryFilter.ALL);
      store.store(NewEntries.entry("kept", 1, 10));
    }
    Files.delete(current);
    assertThat(StoreDirectory.openExisting(temporary).kindNames()).containsExactly("k");
    try (KindStore store = KindStores.open(temporary, "k", 100_000, InstantSource.system())) {
      assertThat(store.find(NewEntries.key("kept"))).isInstanceOf(StoredEntry.class);
    }
    assertThat(current).exists();
  }

  @Test
  void directoriesAndFilesAreTheirOwnersAlone() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system has no POSIX permissions");
    Path root = temporary.resolve("store");
    try (KindStore store = KindStores.open(root, "k", 100_000, InstantSource.system())) {
      store.expire();
      try (Stream<Path> all = Files.walk(root)) {
        assertThat(all)
            .hasSizeGreaterThanOrEqualTo(11)
            .allSatisfy(path -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .as(path.toString())
                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
      }
      assertThat(namesIn(root.resolve("kinds/k")))
          .containsExactly(
              "cache-2-1.db",
              "cache-2-1.db-shm",
              "cache-2-1.db-wal",
              "coordination",
              "current",
              "shards");
      assertThat(root.resolve("kinds/k/current")).hasContent("cache-2-1.db");
      assertThat(root.resolve("kinds/k/coordination")).hasSize(64 * 1024);
    }
  }

  private static void assertRefused(Path directory, String message) {
    assertThatThrownBy(() -> StoreDirectory.openOrCreate(directory))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining(message);
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      return content.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
