package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A process that puts a value with a file of its own under each key that it is told. */
final class LargeValueProcess {
  static final Profile PROFILE = Profile.builder()
      .minFileSize(1000)
      .memoryLimit(0)
      .timeout(Duration.ofSeconds(60))
      .build();

  private LargeValueProcess() {}

  static DiskMemo open(Path directory) {
    return DiskMemo.open(
        Settings.builder().directory(directory).kind("default", PROFILE).build());
  }

  static String valueOf(String key) {
    return key.repeat(5000);
  }

  /** Arguments: directory. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DiskMemo memo = open(Path.of(arguments[0]))) {
      System.out.println("open");
      for (String key = commands.readLine(); key != null; key = commands.readLine()) {
        System.out.println(memo.kind("default").put(key, valueOf(key)) ? "stored" : "refused");
      }
    }
  }
}
