package io.diskmemo.testkit;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Opens directories, and reaches around them into their databases. Who waits in vain for a computation
 * waits for longer than any test, unless the profile says for how long.
 */
public final class Stores {
  private static final Duration LOCK_WAIT = Duration.ofHours(1);

  private Stores() {}

  /** Opens with defaults. */
  public static DiskMemo open(Path directory) {
    return open(directory, Profile.defaults());
  }

  /** Opens with a clock. */
  public static DiskMemo open(Path directory, InstantSource clock) {
    return open(directory, clock, Profile.defaults());
  }

  /** Opens with a clock and a profile of the kind {@code default}. */
  public static DiskMemo open(Path directory, InstantSource clock, Profile profile) {
    return DiskMemo.open(Settings.builder()
        .directory(directory)
        .clock(clock)
        .kind("default", patient(profile))
        .build());
  }

  private static Profile patient(Profile profile) {
    boolean isDefault = profile.lockWait().equals(Profile.defaults().lockWait());
    return isDefault ? profile.toBuilder().lockWait(LOCK_WAIT).build() : profile;
  }

  /** Opens with a profile of the kind {@code default}. */
  public static DiskMemo open(Path directory, Profile profile) {
    return open(directory, InstantSource.system(), profile);
  }

  /** A connection of its own to the database of the kind {@code default}. */
  public static Connection database(Path directory) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.resolve("kinds/default/cache-2-1.db"));
  }

  /** Changes the database of the kind {@code default} behind everybody's back; rows of the last. */
  public static int tamper(Path directory, String... changes) throws SQLException {
    int rows = 0;
    try (Connection connection = database(directory);
        Statement statement = connection.createStatement()) {
      for (String sql : changes) {
        rows = statement.executeUpdate(sql);
      }
    }
    return rows;
  }
}
