package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import java.nio.file.Path;

/** A process that replaces one value again and again, and says which it has replaced it by. */
final class Replacer {
  private Replacer() {}

  public static void main(String[] arguments) {
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(Path.of(arguments[0])))) {
      KindCache kind = memo.kind("kept");
      for (int i = 1; i < 200; i++) {
        kind.put("key", String.valueOf(i));
        System.out.println(i);
      }
    }
  }
}
