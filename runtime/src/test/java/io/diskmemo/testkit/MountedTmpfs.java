package io.diskmemo.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.Commands;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a small size in memory, which is gone at the end of the test's JVM at the latest. */
public final class MountedTmpfs implements AutoCloseable {
  private final Path place;
  private final Thread atTheEnd = new Thread(this::unmount, "unmount");

  private MountedTmpfs(Path place) {
    this.place = place;
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** Mounts one of a size such as {@code 2m} on a folder, or skips the test. */
  public static MountedTmpfs on(Path place, String size) {
    assumeTrue(Commands.isRoot(), "mounting a file system needs root");
    Optional<MountedTmpfs> mounted = ifPossible(place, size);
    assumeTrue(
        mounted.isPresent(), "this root may not mount tmpfs (a container without CAP_SYS_ADMIN?)");
    return mounted.orElseThrow();
  }

  /** As {@link #on}, or empty where nobody may. */
  public static Optional<MountedTmpfs> ifPossible(Path place, String size) {
    return Commands.isRoot()
            && Commands.succeeds(
                "mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString())
        ? Optional.of(new MountedTmpfs(place))
        : Optional.empty();
  }

  /** Mounts it anew, with an option such as {@code ro} or {@code noexec}. */
  public void remount(String option) {
    Commands.run("mount", "-o", "remount," + option, place.toString());
  }

  private void unmount() {
    Commands.succeeds("umount", "-l", place.toString());
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
  }
}
