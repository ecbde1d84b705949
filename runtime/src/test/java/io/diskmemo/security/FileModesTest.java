package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.ChildJvm;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but the owner can read or enter what the store makes, also where the umask would let them. */
class FileModesTest {
  private static final List<String> NO_UMASK =
      List.of("sh", "-c", "umask 000; exec \"$@\"", "umask");

  @TempDir
  Path temporary;

  @Test
  void everyFileIsItsOwnersAloneWithoutAnyUmask() {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system has no POSIX permissions");
    List<String> lines;
    try (ChildJvm child = ChildJvm.startUnder(NO_UMASK, EveryKindOfFile.class, temporary)) {
      lines = child.success();
    }

    for (String file : List.of(
        "store/format",
        "store/leases",
        "store/native/.*",
        "default/current",
        "default/coordination",
        "default/cache-2-1.db",
        "default/cache-2-1.db-wal",
        "default/cache-2-1.db-shm",
        "rollback/cache-2-1.db-journal",
        "spread/shards",
        "spread/shard-1/cache-2-1.db-wal",
        "default/values/.*\\.value",
        "default/values/.*\\.lock",
        "default/backup/.*/cache.db",
        "default/backup/.*/values/.*\\.value",
        "default/backup/.*/manifest",
        "collections/jobs/collection.db",
        "collections/jobs/collection.db-wal",
        "a/all.export",
        "default/cache-2-10.db")) {
      assertThat(lines)
          .as("there is one like " + file)
          .anyMatch(line -> Pattern.compile("/" + file + "$").matcher(line).find());
    }
    assertThat(lines)
        .filteredOn(line -> !line.equals("gone"))
        // made by the test itself
        .filteredOn(line -> !line.endsWith("/cache-2-9.db"))
        .filteredOn(line -> !(line.startsWith("rwxr-xr-x") && line.endsWith("/a"))) // a parent
        .filteredOn(line -> !line.startsWith("rw-------") && !line.startsWith("rwx------"))
        .isEmpty();
  }
}
