package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.MountedTmpfs;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's library is in the store's directory, once, and whole. */
class NativeLibraryTest {
  @TempDir
  Path temporary;

  /** Opens a store and says where the library was loaded from. */
  public static final class Opening {
    /** With the directory as the argument. */
    public static void main(String[] args) throws Exception {
      try (DiskMemo memo = Stores.open(Path.of(args[0]))) {
        memo.kind("default").increment("openings", 1);
      }
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        maps.filter(line -> line.contains("sqlitejdbc"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .forEach(System.out::println);
      }
      System.out.println("library path " + System.getProperty("org.sqlite.lib.path"));
    }
  }

  private static List<String> open(Path store, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Opening.class.getName(), store.toString()));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  private static List<Path> libraries(Path store) throws Exception {
    try (Stream<Path> all = Files.walk(store.resolve("native"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void oneCopyServesAllProcessesAndADamagedOneIsReplaced() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/proc/self/maps")), "this system does not show what is loaded");
    Path store = temporary.resolve("store");
    List<String> first = open(store);
    Path library = libraries(store).get(0);
    assertThat(first).containsExactly(library.toString(), "library path null");
    long written = Files.getLastModifiedTime(library).toMillis();

    assertThat(open(store)).isEqualTo(first);
    assertThat(libraries(store)).containsExactly(library);
    assertThat(Files.getLastModifiedTime(library).toMillis()).isEqualTo(written);

    byte[] whole = Files.readAllBytes(library);
    Files.write(library, new byte[] {1, 2, 3});
    assertThat(open(store)).isEqualTo(first);
    assertThat(Files.readAllBytes(library)).isEqualTo(whole);
  }

  /** It was trusted for its CRC-32, which anybody can keep. */
  @Test
  void copyWithTheSameChecksumAndOtherBytesIsReplaced() throws Exception {
    Path store = temporary.resolve("store");
    open(store);
    Path library = libraries(store).get(0);
    byte[] whole = Files.readAllBytes(library);
    byte[] forged = whole.clone();
    long polynomial = (0xEDB8_8320L << 1) | 1;
    for (int i = 0; i < 5; i++) {
      forged[forged.length - 8 + i] ^= (byte) (polynomial >>> (8 * i));
    }
    assertThat(crc(forged)).isEqualTo(crc(whole));
    Files.write(library, forged);

    open(store);
    assertThat(Files.readAllBytes(library)).isEqualTo(whole);
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Test
  void copyThatOthersCanChangeIsReplaced() throws Exception {
    Path store = temporary.resolve("store");
    open(store);
    Path library = libraries(store).get(0);
    assumeTrue(
        Files.getFileStore(library).supportsFileAttributeView("posix"), "no POSIX permissions");
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw----"));
    open(store);
    assertThat(Files.getPosixFilePermissions(library))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(library, elsewhere);
    Files.createSymbolicLink(library, elsewhere);
    open(store);
    assertThat(library).isRegularFile();
    assertThat(Files.isSymbolicLink(library)).isFalse();
  }

  @Test
  void directoryThatOthersCanChangeIsNotUsed() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/proc/self/maps")), "this system does not show what is loaded");
    Path store = temporary.resolve("store");
    open(store);
    Files.setPosixFilePermissions(
        store.resolve("native"), PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(open(store))
        .hasSizeGreaterThan(1)
        .noneMatch(line -> line.startsWith(store.toString()));
  }

  @Test
  void whereNoProgramCanBeRunTheDriverDoesAsAlways() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/proc/self/maps")), "this system does not show what is loaded");
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Path tmp = Files.createDirectory(temporary.resolve("tmp"));
    try (MountedTmpfs mounted = MountedTmpfs.on(disk, "64m")) {
      mounted.remount("noexec");
      Path store = disk.resolve("store");
      assertThat(open(store, "-Djava.io.tmpdir=" + tmp))
          .anyMatch(line -> line.startsWith(tmp.toString()))
          .contains("library path null");
      assertThat(libraries(store)).hasSize(1); // tried, and of no use
    }
  }

  @Test
  void maintenanceDeletesCopiesThatNobodyLoadedForLong() throws Exception {
    Path store = temporary.resolve("store");
    open(store);
    Path used = libraries(store).get(0).getParent();
    Path old = Files.createDirectory(store.resolve("native/linux-x86_64-1a2b3c"));
    Files.write(old.resolve("libsqlitejdbc.so"), new byte[10]);
    Path recent = Files.createDirectory(store.resolve("native/linux-x86_64-1a2b3d"));
    Path foreign = Files.createDirectory(store.resolve("native/mine"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
    for (Path folder : List.of(used, old, foreign)) {
      Files.setLastModifiedTime(folder, longAgo);
    }
    open(store); // notes that it is in use
    try (DiskMemo memo = Stores.open(store)) {
      memo.maintenance().run();
    }
    assertThat(old).doesNotExist();
    assertThat(used).isNotEmptyDirectory();
    assertThat(recent).exists();
    assertThat(foreign).exists();
  }
}
