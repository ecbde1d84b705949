package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;

/** A process that calls a method and says whether each result was right. Arguments: directory. */
final class Caller {
  static final int CALLS = 60;

  private Caller() {}

  public static void main(String[] arguments) {
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(Path.of(arguments[0])))) {
      MemoizedText text = new MemoizedText(memo, "kept");
      System.out.println("open");
      for (int i = 0; i < CALLS; i++) {
        String name = "t/" + i % 20 + "-" + i / 40; // some again
        String value = KillVictim.valueOf(name);
        System.out.println(text.text(name, () -> value).equals(value) ? "right" : "wrong");
      }
      System.out.println("stored " + memo.kind("kept").stats().stores());
    }
    System.out.println("closed");
  }
}
