package io.diskmemo.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A disk of 64 MB in a file, with ext4 on it, whose power can be cut, or which can fail. */
final class LoopDisk implements AutoCloseable {
  /** As most systems mount their disks: after an error nothing more is written. */
  private static final String OPTIONS = "loop,errors=remount-ro";

  private Path image;
  private final Path place;

  /** Also of a test that is ended from outside. */
  private final Thread atTheEnd = new Thread(this::unmountAll, "unmount");

  private LoopDisk(Path image, Path place) {
    this.image = image;
    this.place = place;
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** Makes one that is mounted, or skips the test. */
  static LoopDisk mount(Path directory) throws IOException {
    assumeTrue(
        Commands.isRoot()
            && Stream.of("losetup", "truncate", "mkfs.ext4", "perl", "sync")
                .allMatch(Commands::exists),
        "cutting the power needs root, losetup, mkfs.ext4 (e2fsprogs) and perl");
    LoopDisk disk = new LoopDisk(
        directory.resolve("image"), Files.createDirectories(directory.resolve("place")));
    Commands.run("truncate", "-s", "64M", disk.image.toString());
    Commands.run("mkfs.ext4", "-q", "-F", disk.image.toString());
    assumeTrue(disk.isMounted(), "this root may not mount an image");
    return disk;
  }

  private boolean isMounted() {
    return Commands.succeeds("mount", "-o", OPTIONS, image.toString(), place.toString());
  }

  Path place() {
    return place;
  }

  /** As the system does now and then of itself. */
  void writeBack() {
    Commands.run("sync", "-f", place.toString());
  }

  /** What was not forced to the disk by now will not be there any more. */
  void cutPower() {
    Commands.run(
        "perl",
        "-e",
        "open(my $f, '<', $ARGV[0]) or die $!;"
            + " my $flag = pack('I', 2); ioctl($f, 0x8004587d, $flag) or die $!;", // FS_IOC_SHUTDOWN, NOLOGFLUSH
        place.toString());
  }

  /** The file system finds an error, and from now on can only be read; files that are open stay so. */
  void failToReadOnly() throws IOException {
    String device = Files.getFileStore(place).name();
    Path trigger = Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString())
        .resolve("trigger_fs_error");
    assumeTrue(
        Files.isWritable(trigger),
        trigger + ", by which the disk fails, is missing or on a /sys that is read-only");
    // the shell's own write fails, as the file system is read-only by then
    Commands.succeeds("sh", "-c", "echo x > " + trigger);
    Path probe = place.resolve("probe");
    Patience.until("read-only", () -> !Commands.succeeds("touch", probe.toString()));
  }

  /** Whoever writes waits, or skips the test. */
  void freeze() {
    assumeTrue(Commands.exists("fsfreeze"), "fsfreeze (util-linux) is missing");
    Commands.run("fsfreeze", "-f", place.toString());
  }

  void thaw() {
    Commands.succeeds("fsfreeze", "-u", place.toString());
  }

  /** Takes it away. Files that are open stay so, and the folder is an empty one of another disk. */
  void takeAway() {
    Commands.run("umount", "-l", place.toString());
  }

  /**
   * Puts a disk with the same files, checked and mended, where this one is or was. Files that are open
   * stay those of the old one, which can't be written to again before everybody has closed them.
   */
  void exchangeForRepaired() throws IOException {
    Path copy = image.resolveSibling("repaired");
    Files.copy(image, copy);
    Commands.succeeds("e2fsck", "-f", "-y", copy.toString()); // its status says that it mended
    Commands.run("e2fsck", "-f", "-n", copy.toString());
    image = copy;
    Commands.run("mount", "-o", OPTIONS, image.toString(), place.toString()); // above the old one
  }

  /** Nobody may have a file of it open. */
  void mountAgain() {
    Patience.until("unmounted", () -> Commands.succeeds("umount", place.toString()));
    Commands.run("mount", "-o", OPTIONS, image.toString(), place.toString());
  }

  @Override
  public void close() {
    unmountAll();
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
  }

  private void unmountAll() {
    thaw();
    while (Commands.succeeds("umount", "-l", place.toString())) {
      // the next may be beneath
    }
  }
}
