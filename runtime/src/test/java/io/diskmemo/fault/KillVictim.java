package io.diskmemo.fault;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A process that is killed. It says what it is about to do where half of it would be wrong, and what
 * is done; {@link Acknowledged} holds it to that.
 */
final class KillVictim {
  static final long CHURN_LIMIT = 40_000;
  static final int BATCH = 10;

  /** So many that they are evicted by hiding them, and cleared by a new database. */
  static final int MANY = 1100;

  static final List<String> KINDS = List.of("kept", "churn", "many");

  private final DiskMemo memo;
  private final KindCache kept;
  private final KindCache churn;
  private final KindCache many;
  private final MemoizedText text;
  private final MemoizedText churned;
  private final String life;
  private final Random random;

  private KillVictim(DiskMemo memo, String life) {
    this.memo = memo;
    this.kept = memo.kind("kept");
    this.churn = memo.kind("churn");
    this.many = memo.kind("many");
    this.text = new MemoizedText(memo, "kept");
    this.churned = new MemoizedText(memo, "churn");
    this.life = life;
    this.random = new Random(life.hashCode());
  }

  static Settings settings(Path directory) {
    Profile patient =
        Profile.builder().timeout(Duration.ofSeconds(20)).minFileSize(1500).build();
    return Settings.builder()
        .directory(directory)
        .kind("kept", patient)
        .kind("many", patient)
        .kind("churn", patient.toBuilder().sizeLimit(CHURN_LIMIT).build())
        .build();
  }

  static String valueOf(String name) {
    return name + ":" + "v".repeat(Math.floorMod(name.hashCode(), 3_000));
  }

  /** Arguments: directory, a name for this life, steps. */
  public static void main(String[] arguments) {
    System.out.println("opening");
    try (DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])))) {
      KillVictim victim = new KillVictim(memo, arguments[1]);
      System.out.println("open");
      for (int step = 0; step < Integer.parseInt(arguments[2]); step++) {
        victim.step(step);
      }
    }
    System.out.println("closed");
  }

  private void step(int step) {
    switch (step % 6) {
      case 0, 3 -> call(step);
      case 1 -> replace(step);
      case 2 -> batch(step);
      case 4 -> increment();
      default -> delete(step);
    }
    churn(step);
    if (step % 3 == 0) {
      many(step);
    }
  }

  private void call(int step) {
    String name = "t" + step % 3 + "/" + life + "-" + step;
    text.text(name, () -> valueOf(name));
    System.out.println("called " + name);
  }

  private void replace(int step) {
    String key = "key-" + random.nextInt(3);
    System.out.println("putting " + key + " " + life + "-" + step);
    kept.put(key, life + "-" + step);
    System.out.println("put " + key + " " + life + "-" + step);
  }

  private void batch(int step) {
    String id = life + "-" + step;
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < BATCH; i++) {
        String name = "b/" + id + "-" + i;
        text.text(name, () -> valueOf(name));
      }
      System.out.println("committing " + id);
      batch.commit();
      System.out.println("committed " + id);
    }
  }

  private void increment() {
    System.out.println("incrementing");
    System.out.println("incremented " + kept.increment("counter", 1));
  }

  private void delete(int step) {
    String key = "doomed-" + life + "-" + step;
    kept.put(key, key);
    System.out.println("putting " + key + " nothing");
    kept.delete(key);
    System.out.println("put " + key + " nothing");
  }

  /** All at once, or none. */
  private void many(int step) {
    boolean fills = step % 2 == 0;
    String state = fills ? life + "-" + step : "nothing";
    System.out.println("changing " + state);
    if (fills) {
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < MANY; i++) {
          many.put("m" + i, manyValue(state, i), Duration.ofDays(1), "many");
        }
        batch.commit();
      }
    } else if (step % 4 == 1) {
      many.evictTag("many");
    } else {
      many.clear();
    }
    System.out.println("changed " + state);
  }

  static String manyValue(String state, int i) {
    return i % 100 == 0 ? state + "-".repeat(2_000) : state;
  }

  private void churn(int step) {
    for (int i = 0; i < 3; i++) {
      String name = "c" + random.nextInt(4) + "/" + random.nextInt(40);
      churned.text(name, () -> valueOf(name));
    }
    switch (step % 8) {
      case 0 -> memo.evictTag("c" + random.nextInt(4));
      case 1 -> memo.maintenance().kind("churn").run();
      case 2 -> churn.clear();
      case 3 ->
        memo.maintenance()
            .kind("churn")
            .evict(EvictionFilter.all().withMethod(MemoizedText.METHOD));
      case 4 -> churn.put("short", "lived", Duration.ofMillis(1), "c0");
      default -> churn.expire();
    }
  }
}
