package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.MemoizedText;

/** A process that asks for the shared instance when it ends, and says what a method returns twice. */
final class LateCaller {
  private LateCaller() {}

  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(LateCaller::call, "late"));
  }

  private static void call() {
    for (int i = 0; i < 2; i++) {
      MemoizedText text = new MemoizedText(DiskMemo.shared(), "default");
      System.out.println(text.text("t/a", () -> "computed t/a"));
    }
  }
}
