package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  private List<String> open(Path store) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName(),
            store.toString())
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
}
