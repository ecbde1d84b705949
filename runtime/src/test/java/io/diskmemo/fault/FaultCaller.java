package io.diskmemo.fault;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Synchronous;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * A process whose disk fails: it calls methods, puts, evicts and stores batches, and says which results
 * were wrong and which calls of methods threw. What is asked for by name may throw a
 * {@link DiskMemoException}. Arguments: directory.
 */
final class FaultCaller {
  static final int PRIOR = 10;
  private static final int ROUNDS = 12;

  private final DiskMemo memo;
  private final MemoizedText text;

  /** Each commit waits for the disk. */
  static Settings settings(Path directory) {
    Profile profile = Profile.builder()
        .timeout(Duration.ofSeconds(5))
        .minFileSize(1500)
        .synchronous(Synchronous.FULL)
        .build();
    return Settings.builder()
        .directory(directory)
        .kind("kept", profile)
        .kind("many", profile)
        .build();
  }

  static String valueOf(String name) {
    return name.startsWith("large") ? name + "l".repeat(100_000) : KillVictim.valueOf(name);
  }

  private FaultCaller(DiskMemo memo) {
    this.memo = memo;
    this.text = new MemoizedText(memo, "kept");
  }

  public static void main(String[] arguments) {
    DiskMemo memo;
    try {
      memo = DiskMemo.open(settings(Path.of(arguments[0])));
    } catch (DiskMemoException e) {
      System.out.println("not opened " + e.getMessage());
      return;
    }
    FaultCaller caller = new FaultCaller(memo);
    for (int round = 0; round < ROUNDS; round++) {
      caller.round(round);
    }
    byName(memo::close);
    System.out.println("done");
  }

  private void round(int round) {
    call("prior/" + round % PRIOR);
    call("t/" + round);
    call("t/" + Math.max(0, round - 3));
    call("large/" + round % 5);
    byName(() -> memo.kind("kept").put("key", round));
    byName(() -> memo.kind("kept").get("key", Integer.class));
    byName(() -> batch(round));
    if (round % 4 == 3) {
      byName(() -> memo.evictTag("b"));
    }
    if (round % 6 == 5) {
      byName(() -> memo.kind("kept").check());
      byName(memo.maintenance()::backup);
    }
    if (round % 6 == 1) {
      byName(this::fillAndClear);
    }
  }

  private void batch(int round) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 5; i++) {
        call("b/" + round + "-" + i);
      }
      batch.commit();
    }
  }

  /** So many that a new database takes the place of theirs. */
  private void fillAndClear() {
    KindCache many = memo.kind("many");
    try (Batch batch = memo.batch()) {
      IntStream.range(0, KillVictim.MANY).forEach(i -> many.put("m" + i, i));
      batch.commit();
    }
    many.clear();
  }

  private void call(String name) {
    String value = valueOf(name);
    try {
      if (!text.text(name, () -> value).equals(value)) {
        System.out.println("wrong " + name);
      }
    } catch (RuntimeException | Error e) {
      System.out.println("threw " + name + " " + e);
    }
  }

  private static void byName(Runnable work) {
    try {
      work.run();
    } catch (DiskMemoException e) {
      System.out.println("refused " + e.getMessage());
    }
  }
}
