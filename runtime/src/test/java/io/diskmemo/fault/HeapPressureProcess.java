package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process whose results are large for its heap; its settings are the defaults. Arguments: directory,
 * calls, seed.
 */
final class HeapPressureProcess {
  private static final int MIB = 1 << 20;
  private static final int MOST_MIB = 20;

  private final MemoizedText text;
  private final Random random;
  private int computations;

  private HeapPressureProcess(DiskMemo memo, long seed) {
    this.text = new MemoizedText(memo, "texts");
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) {
    Settings settings = Settings.builder().directory(Path.of(arguments[0])).build();
    int calls = Integer.parseInt(arguments[1]);
    int right = 0;
    try (DiskMemo memo = DiskMemo.open(settings)) {
      HeapPressureProcess process = new HeapPressureProcess(memo, Long.parseLong(arguments[2]));
      for (int i = 0; i < calls; i++) {
        right += process.isRight() ? 1 : 0;
      }
      System.out.println("right " + right);
      System.out.println("computations " + process.computations);
      System.out.println("sound " + memo.kind("texts").check().isSound());
    }
  }

  private boolean isRight() {
    int size = 1 + random.nextInt(MOST_MIB);
    String one = random.nextBoolean() ? "a" : "b";
    String name = one + "/" + size;
    try {
      String value = text.text(name, () -> valueOf(one, size));
      return value.length() == size * MIB && value.startsWith(one) && value.endsWith(one);
    } catch (OutOfMemoryError e) {
      e.printStackTrace();
      return false;
    }
  }

  private String valueOf(String one, int size) {
    computations++;
    return one.repeat(size * MIB);
  }
}
