package io.diskmemo.it.budget;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;

/** The store of the children. */
final class Stores {
  private Stores() {}

  /** With a kind {@code disk} that memory keeps nothing of. */
  static DiskMemo open(Path directory) {
    return DiskMemo.open(Settings.builder()
        .directory(directory)
        .kind("disk", Profile.builder().memoryLimit(0).build())
        .build());
  }

  /** The same that writes down no statistics, which it does when some time is over. */
  static DiskMemo openWithoutStatistics(Path directory) {
    return DiskMemo.open(Settings.builder()
        .directory(directory)
        .kind("disk", Profile.builder().memoryLimit(0).statistics(false).build())
        .build());
  }
}
