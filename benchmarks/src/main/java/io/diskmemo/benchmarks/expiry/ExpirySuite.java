package io.diskmemo.benchmarks.expiry;

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
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.disk.PythonPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The removal of a tenth of all entries, whose time is over. */
public final class ExpirySuite implements Suite {
  private static final String WHAT = "expire 10,000 of 100,000: ";
  private static final String OURS = WHAT + "DiskMemo";
  private static final String BARE = WHAT + "bare SQLite";
  private static final String PYTHON = WHAT + PythonPeers.DISKCACHE.title();
  private static final String MAINTENANCE = "maintenance that expires as many: DiskMemo";

  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final int SHARE = 10;
  private static final int PER_BATCH = 1000;
  private static final byte[] VALUE = new byte[200];

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public ExpirySuite() {}

  @Override
  public String title() {
    return "Store: expiry";
  }

  @Override
  public String explanation() {
    return "Entries of 200 bytes, of which every tenth has expired, until those are removed. Ours by"
        + " `expire`, which is the part of maintenance that does it, in steps, after each of which it"
        + " rests as long as the step took, so that others can write; each entry also has a tag. A whole"
        + " run of maintenance then also checks all that is left. Bare SQLite by one `DELETE` with an"
        + " index of times, without tags; python-diskcache by `expire`, with tags.";
  }

  @Override
  public List<Aim> aims() {
    return List.of(Aim.none(OURS, BARE), Aim.none(OURS, PYTHON));
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
    double[] ours = new double[rounds];
    double[] maintenance = new double[rounds];
    double[] bare = new double[rounds];
    List<Double> python = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Path directory = Directories.make();
      try {
        ours[i] = ours(directory.resolve("expire"), entries, ExpirySuite::expired);
        maintenance[i] = ours(directory.resolve("maintenance"), entries, ExpirySuite::maintained);
        bare[i] = bare(directory.resolve("bare.db"), entries);
      } finally {
        Directories.delete(directory);
      }
      python.addAll(python(entries));
    }
    List<Measurement> all = new ArrayList<>(List.of(
        Measurement.of(OURS, "ms", ours),
        Measurement.of(BARE, "ms", bare),
        Measurement.of(MAINTENANCE, "ms", maintenance)));
    if (!python.isEmpty()) {
      all.add(2, Measurement.of(PYTHON, "ms", python));
    }
    return all;
  }

  private interface Removal {
    long of(DiskMemo memo);
  }

  private static double ours(Path directory, int entries, Removal removal) {
    Settings settings = Settings.builder()
        .directory(directory)
        .kind("many", Profile.builder().memoryLimit(0).build())
        .build();
    try (DiskMemo memo = DiskMemo.open(settings)) {
      KindCache kind = memo.kind("many");
      Done done = new Done(kind);
      fill(memo, kind, entries);
      done.require(0, entries);
      long began = System.nanoTime();
      long removed = removal.of(memo);
      double millis = (System.nanoTime() - began) / 1e6;
      requireShare(removed, entries);
      return millis;
    }
  }

  private static void fill(DiskMemo memo, KindCache kind, int entries) {
    for (int i = 0; i < entries; i += PER_BATCH) {
      try (Batch batch = memo.batch()) {
        for (int j = i; j < i + PER_BATCH; j++) {
          kind.put("k" + j, VALUE, j % SHARE == 0 ? SHORT : LONG, "t" + j % SHARE);
        }
        batch.commit();
      }
    }
  }

  private static long expired(DiskMemo memo) {
    return memo.kind("many").expire();
  }

  private static long maintained(DiskMemo memo) {
    return memo.maintenance().kind("many").run().get(0).expired();
  }

  private static double bare(Path file, int entries) throws SQLException {
    try (BareExpiry bare = new BareExpiry(file)) {
      long now = System.currentTimeMillis();
      bare.fill(entries, VALUE, i -> now + (i % SHARE == 0 ? -1 : LONG.toMillis()));
      long began = System.nanoTime();
      int removed = bare.expire(now);
      double millis = (System.nanoTime() - began) / 1e6;
      requireShare(removed, entries);
      return millis;
    }
  }

  private List<Double> python(int entries) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    String[] numbers = {String.valueOf(entries), String.valueOf(SHARE)};
    for (String line : attempts.lines(
        PythonPeers.DISKCACHE.title(),
        (directory, number) ->
            PythonPeers.DISKCACHE.start("expiry", directory.toString(), numbers[0], numbers[1]))) {
      String[] words = line.split(" ", -1); // removed and milliseconds
      requireShare(Long.parseLong(words[0]), entries);
      millis.add(Double.valueOf(words[1]));
    }
    return millis;
  }

  private static void requireShare(long removed, int entries) {
    if (removed != entries / SHARE) {
      throw new IllegalStateException(removed + " of " + entries + " were removed");
    }
  }
}
