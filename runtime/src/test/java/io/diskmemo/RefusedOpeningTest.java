package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.internal.disk.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that another class loader has open. */
class RefusedOpeningTest {
  @TempDir
  Path directory;

  /** It counted as a user of the leases for ever. */
  @Test
  void leavesNothingOpenAfterTheNext() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    String noted = "io.diskmemo.open:" + StoreDirectory.openOrCreate(directory).identity();
    System.setProperty(noted, "another 1");
    try {
      assertThatThrownBy(() -> DiskMemo.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another class loader");
    } finally {
      System.clearProperty(noted);
    }
    try (DiskMemo memo = DiskMemo.open(directory)) {
      memo.lock("l").lock().close();
      assertThat(descriptors()).isEqualTo(1);
    }

    assertThat(descriptors()).isZero();
  }

  private long descriptors() throws IOException {
    Path file = directory.toRealPath().resolve("leases");
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(descriptor -> isOf(file, descriptor)).count();
    }
  }

  private static boolean isOf(Path file, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
