package io.diskmemo.multiprocess;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import java.nio.file.Path;

/** A process of {@link FirstOpeningTest}, which opens a directory when it is told. */
final class FirstOpening {
  private FirstOpening() {}

  public static void main(String[] arguments) throws Exception {
    Class.forName("org.sqlite.JDBC");
    System.out.println("running");
    System.in.read();
    try (DiskMemo memo = DiskMemo.open(CacheProcess.settings(Path.of(arguments[0])))) {
      KindCache kind = memo.kind("texts");
      kind.increment("openings", 1);
      String text = new MemoizedText(memo, "texts").text("t1/x", () -> "the text");
      kind.put("process-" + arguments[1], text);
      System.out.println(text + " " + kind.stats().missesUnavailable());
    }
  }
}
