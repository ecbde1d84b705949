package io.diskmemo.fault;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Synchronous;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process whose disk loses power; or one that tells what is left. Arguments: directory,
 * {@link Synchronous}, {@code live} or {@code tell}, and the numbers of the first and of the last life.
 */
final class PowerCutVictim {
  /** Keys that are replaced in turn, the second half of them with values in files. */
  static final int REPLACED = 6;

  static final int MOST_STEPS = 400;

  private final DiskMemo memo;
  private final KindCache kind;
  private final MemoizedText text;

  private PowerCutVictim(DiskMemo memo) {
    this.memo = memo;
    this.kind = memo.kind("kept");
    this.text = new MemoizedText(memo, "called");
  }

  private static Settings settings(Path directory, Synchronous synchronous) {
    Profile patient = Profile.builder()
        .timeout(Duration.ofSeconds(20))
        .minFileSize(1500)
        .synchronous(synchronous)
        .build();
    return Settings.builder()
        .directory(directory)
        .kind("kept", patient)
        .kind("called", patient)
        .build();
  }

  public static void main(String[] arguments) {
    Settings settings = settings(Path.of(arguments[0]), Synchronous.valueOf(arguments[1]));
    try (DiskMemo memo = DiskMemo.open(settings)) {
      PowerCutVictim process = new PowerCutVictim(memo);
      int last = Integer.parseInt(arguments[4]);
      if (arguments[2].equals("live")) {
        process.live("life" + last);
      } else {
        process.tell(Integer.parseInt(arguments[3]), last);
      }
    }
  }

  /** Says which of its puts are done, until one fails, or {@code tell} would know no more; then waits. */
  private void live(String life) {
    System.out.println("open");
    for (int step = 0; step < MOST_STEPS; step++) {
      String key = life + "/" + step;
      kind.put(key, KillVictim.valueOf(key));
      System.out.println("put " + step);
      kind.put("replaced/" + step % REPLACED, replacement(life, step));
      System.out.println("replaced " + step);
      text.text(key, () -> KillVictim.valueOf(key));
    }
    while (true) {
      LockSupport.park();
    }
  }

  static String replacement(String life, int step) {
    return life + "/" + step + ":" + "v".repeat(step % REPLACED * 2 < REPLACED ? 100 : 2_000);
  }

  /** Each entry by its key and, if it was replaced, by what it was replaced with. */
  private void tell(int firstLife, int lastLife) {
    System.out.println("entries " + kind.keys().count());
    for (int life = firstLife; life <= lastLife; life++) {
      for (int step = 0; step < MOST_STEPS; step++) {
        tell("life" + life + "/" + step);
      }
    }
    for (int i = 0; i < REPLACED; i++) {
      String key = "replaced/" + i;
      kind.get(key, String.class).ifPresent(value -> System.out.println(key + " " + value));
    }
    text.text("t/after", () -> "after");
    for (CheckReport report : memo.maintenance().dryRun().check()) {
      if (!report.problems().isEmpty() || report.damaged() > 0) {
        System.out.println("unsound " + report);
      }
    }
    System.out.println("stored " + kind.put("after", "after") + " " + kind.delete("after"));
  }

  private void tell(String key) {
    Optional<String> value = kind.get(key, String.class);
    if (value.isPresent()) {
      boolean right = value.get().equals(KillVictim.valueOf(key));
      System.out.println((right ? "found " : "wrong ") + key);
    }
    tellResult(key);
  }

  private void tellResult(String name) {
    try {
      if (!text.known(name).equals(KillVictim.valueOf(name))) {
        System.out.println("wrong result " + name);
      }
    } catch (MemoizedText.NotKnown e) {
      return; // it may be lost
    }
  }
}
