package io.diskmemo.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A disk of 64 MB in a file, with ext4 on it, whose power can be cut. */
final class LoopDisk implements AutoCloseable {
  private final Path image;
  private final Path place;

  private LoopDisk(Path image, Path place) {
    this.image = image;
    this.place = place;
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
    return Commands.succeeds("mount", "-o", "loop", image.toString(), place.toString());
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

  /** Nobody may have a file of it open. */
  void mountAgain() {
    Patience.until("unmounted", () -> Commands.succeeds("umount", place.toString()));
    Commands.run("mount", "-o", "loop", image.toString(), place.toString());
  }

  @Override
  public void close() {
    Commands.succeeds("umount", "-l", place.toString());
  }
}
