package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.time.Duration;

/** A process that makes a backup, evicts and restores, and is killed meanwhile. */
final class RestoreVictim {
  static final byte[] LARGE = new byte[3000];

  private RestoreVictim() {}

  static DiskMemo open(Path directory) {
    Profile profile =
        Profile.builder().minFileSize(1000).timeout(Duration.ofSeconds(20)).build();
    return DiskMemo.open(
        Settings.builder().directory(directory).kind("default", profile).build());
  }

  /** Argument: the directory. */
  public static void main(String[] arguments) {
    try (DiskMemo memo = open(Path.of(arguments[0]))) {
      memo.maintenance().backup();
      System.out.println("backed up");
      memo.evictTag("evicted");
      System.out.println("evicted");
      memo.maintenance().restore();
      System.out.println("restored");
      memo.maintenance().run();
    }
    System.out.println("closed");
  }
}
