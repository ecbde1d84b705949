package io.diskmemo.benchmarks.eviction;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Pause;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.disk.PythonPeers;
import io.diskmemo.benchmarks.store.BareSqlite;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The eviction of a tenth of all entries by their tag, and what others notice of it. */
public final class EvictionSuite implements Suite {
  private static final String EVICT = "evict 10,000 of 100,000 by tag";
  private static final String FIRST = EVICT + ", the first in a JVM";
  private static final String STORE = "longest store beside it";
  private static final String HIT = "longest hit on disk beside it";
  private static final String ALONE = "longest store before it, without";
  private static final String CLEAR = "clear 100,000";
  private static final String BARE = "DELETE of the same 10,000, bare SQLite";
  private static final String PYTHON = "evict of the same 10,000, python-diskcache";
  private static final int ROUNDS_OF_PYTHON = 3;

  /** Long enough for the removal of what is hidden. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofDays(1);
  private static final int TAGS = 10;
  private static final int PER_BATCH = 1000;
  private static final byte[] VALUE = new byte[200];

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public EvictionSuite() {}

  @Override
  public String title() {
    return "Store: eviction by tag";
  }

  @Override
  public String explanation() {
    return "Entries of 200 bytes with one tag of ten. Evicted entries are hidden at once and removed"
        + " later in steps, in the background; meanwhile, for two seconds, two other threads store and"
        + " read, of whose calls the longest of each round is shown. The first eviction of a"
        + " JVM, which also loads classes, has a row of its own, and its round is in no other. The aim of 50 ms is for the eviction and"
        + " for each call beside it, so the budget judges those by the longest of those rounds. Bare SQLite deletes in one transaction,"
        + " python-diskcache (`tag_index=True`) in steps of 100, each time in a new process; what they evict is gone when they return.";
  }

  @Override
  public List<Aim> aims() {
    return List.of(new Aim(EVICT, BARE, 1), Aim.none(EVICT, PYTHON), Aim.none(CLEAR, BARE));
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort)
      throws IOException, SQLException, InterruptedException {
    int rounds = effort == Effort.FULL ? 5 : 1;
    int entries = effort == Effort.FULL ? 100_000 : 10_000;
    double[][] millis = new double[6][rounds];
    double first = round(entries)[0];
    for (int i = 0; i < rounds; i++) {
      double[] round = round(entries);
      for (int j = 0; j < round.length; j++) {
        millis[j][i] = round[j];
      }
    }
    List<Measurement> all = new ArrayList<>(List.of(
        Measurement.of(EVICT, "ms", millis[0]),
        Measurement.of(FIRST, "ms", first),
        Measurement.of(STORE, "ms", millis[1]),
        Measurement.of(ALONE, "ms", millis[2]),
        Measurement.of(HIT, "ms", millis[3]),
        Measurement.of(CLEAR, "ms", millis[4]),
        Measurement.of(BARE, "ms", millis[5])));
    double[] python = python(Math.min(rounds, ROUNDS_OF_PYTHON), entries);
    if (python.length > 0) {
      all.add(Measurement.of(PYTHON, "ms", python));
    }
    return all;
  }

  private double[] python(int rounds, int entries) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    String[] numbers = {String.valueOf(entries), String.valueOf(TAGS)};
    for (int i = 0; i < rounds; i++) {
      lines.addAll(attempts.lines(
          PythonPeers.DISKCACHE.title(),
          (directory, number) ->
              PythonPeers.DISKCACHE.start("evict", directory.toString(), numbers[0], numbers[1])));
    }
    return lines.stream().mapToDouble(line -> millisOfPython(line, entries)).toArray();
  }

  private static double millisOfPython(String line, int entries) {
    String[] words = line.split(" ", -1); // removed and milliseconds
    if (Long.parseLong(words[0]) != entries / TAGS) {
      throw new IllegalStateException(words[0] + " of " + entries + " were evicted");
    }
    return Double.parseDouble(words[1]);
  }

  private static double[] round(int entries) throws IOException, SQLException {
    Path directory = Directories.make();
    try {
      return round(directory, entries);
    } finally {
      Directories.delete(directory);
    }
  }

  private static double[] round(Path directory, int entries) throws SQLException {
    Settings settings = Settings.builder()
        .directory(directory.resolve("store"))
        .kind("many", Profile.builder().memoryLimit(0).build())
        .build();
    try (DiskMemo memo = DiskMemo.open(settings);
        BareSqlite bare = new BareSqlite(directory.resolve("bare.db"))) {
      KindCache kind = memo.kind("many");
      Done done = new Done(kind);
      fill(memo, kind, entries);
      done.require(0, entries);
      Beside alone = new Beside(i -> kind.put("old" + i, VALUE));
      Pause.of(AFTERWARDS);
      double longestAlone = alone.end();
      done.require(0, alone.calls());
      Beside stores = new Beside(i -> kind.put("new" + i, VALUE));
      Beside hits = new Beside(i -> kind.get("k" + (i * TAGS + 1) % entries, byte[].class));
      double evict = millis(() -> kind.evictTag("t0"));
      Pause.of(AFTERWARDS);
      double longestStore = stores.end();
      double longestHit = hits.end();
      done.require(hits.calls(), stores.calls());
      double clear = millis(kind::clear);
      fill(bare, entries);
      return new double[] {
        evict, longestStore, longestAlone, longestHit, clear, millis(() -> bare.evictTag("t0"))
      };
    }
  }

  private static void fill(DiskMemo memo, KindCache kind, int entries) {
    for (int i = 0; i < entries; i += PER_BATCH) {
      try (Batch batch = memo.batch()) {
        for (int j = i; j < i + PER_BATCH; j++) {
          kind.put("k" + j, VALUE, LONG, "t" + j % TAGS);
        }
        batch.commit();
      }
    }
  }

  private static void fill(BareSqlite bare, int entries) throws SQLException {
    bare.begin();
    for (int i = 0; i < entries; i++) {
      bare.put(BareSqlite.key("k", i), "t" + i % TAGS, VALUE);
    }
    bare.commit();
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static double millis(Work work) throws SQLException {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e6;
  }

  private interface Step {
    void run(int i);
  }

  /** A thread that does the same again and again, and notes how long the longest took. */
  private static final class Beside {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;
    private volatile double longestMillis;
    private volatile int calls;

    Beside(Step step) {
      thread = new Thread(() -> {
        int i = 0;
        while (!ended.get()) {
          long began = System.nanoTime();
          step.run(i++);
          longestMillis = Math.max(longestMillis, (System.nanoTime() - began) / 1e6);
          calls = i;
        }
      });
      thread.start();
    }

    int calls() {
      return calls;
    }

    double end() {
      ended.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return longestMillis;
    }
  }
}
