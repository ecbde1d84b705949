package io.diskmemo.multiprocess;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process that reads or writes as fast as it can until it is killed. Arguments: the store, {@code
 * read} or {@code write}.
 */
final class HardWorker {
  static final int KEYS = 500;

  private static final int VALUE_BYTES = 8_000;

  private HardWorker() {}

  /** Says "ready", and then how often it did it, every thousand times. */
  public static void main(String[] arguments) {
    Settings settings = Settings.builder()
        .directory(Path.of(arguments[0]))
        .kind("hard", Profile.builder().memoryLimit(0).build())
        .build();
    try (DiskMemo memo = DiskMemo.open(settings)) {
      KindCache kind = memo.kind("hard");
      System.out.println("ready");
      for (int i = 0; ; i++) {
        work(kind, arguments[1], i);
        if (i % 1000 == 0) {
          System.out.println(i);
        }
      }
    }
  }

  private static void work(KindCache kind, String what, int i) {
    if (what.equals("write")) {
      byte[] value = new byte[VALUE_BYTES];
      Arrays.fill(value, (byte) i);
      kind.put(i % KEYS, value);
    } else {
      requireWhole(kind.get(i % KEYS, byte[].class).orElse(new byte[0]));
    }
  }

  private static void requireWhole(byte[] value) {
    for (byte one : value) {
      if (one != value[0]) {
        throw new IllegalStateException("a torn value");
      }
    }
  }
}
