package io.diskmemo.benchmarks.expiry;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Pause;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The removal of the same number of entries from a kind and from a larger one. */
public final class MaintenanceSuite implements Suite {
  private static final String EXPIRE = "expire 10,000";
  private static final String WHOLE = "whole run, removes 10,000";
  private static final String NOTHING = "whole run, removes nothing";
  private static final String SMALLER = ": of 100,000";
  private static final String LARGER = ": of most";
  private static final double MOST_OF_EXPIRE = 2;

  private static final long ROOM = 64L << 30;
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final int PER_BATCH = 1000;
  private static final byte[] VALUE = new byte[200];
  private static final Profile WITH_ROOM =
      Profile.builder().memoryLimit(0).sizeLimit(ROOM).build();

  /** Nothing was measured yet. */
  public MaintenanceSuite() {}

  @Override
  public String title() {
    return "Store: maintenance";
  }

  @Override
  public String explanation() {
    return String.format(
        Locale.ROOT,
        "Entries of 200 bytes with one tag, in one kind of 100,000 and in one of %,d (`most`), in turns. To each,"
            + " 10,000 that expire are added and then removed, by `expire` alone or by a whole run of"
            + " maintenance. `expire` is to take as long for a larger kind as for a smaller one. A whole"
            + " run also checks every entry that is left, and so grows with what is there: that is the"
            + " run that removes nothing. The first round of each is not counted.",
        Effort.FULL.mostEntries());
  }

  @Override
  public List<Aim> aims() {
    return List.of(
        new Aim(EXPIRE + LARGER, EXPIRE + SMALLER, MOST_OF_EXPIRE),
        Aim.none(WHOLE + LARGER, WHOLE + SMALLER),
        Aim.none(NOTHING + LARGER, NOTHING + SMALLER));
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException {
    boolean isFull = effort == Effort.FULL;
    int removed = isFull ? 10_000 : 1000;
    int rounds = isFull ? 4 : 1;
    Path directory = Directories.make();
    Settings settings = Settings.builder()
        .directory(directory.resolve("store"))
        .kind("fewer", WITH_ROOM)
        .kind("most", WITH_ROOM)
        .build();
    try (DiskMemo memo = DiskMemo.open(settings)) {
      Filled smaller = new Filled(memo, "fewer", isFull ? 100_000 : 10_000);
      Filled larger = new Filled(memo, "most", effort.mostEntries());
      smaller.round(removed);
      larger.round(removed);
      List<Times> ofSmaller = new ArrayList<>();
      List<Times> ofLarger = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        if (i % 2 == 0) {
          ofLarger.add(larger.round(removed));
          ofSmaller.add(smaller.round(removed));
        } else {
          ofSmaller.add(smaller.round(removed));
          ofLarger.add(larger.round(removed));
        }
      }
      List<Measurement> all = new ArrayList<>();
      all.addAll(measurements(SMALLER, ofSmaller));
      all.addAll(measurements(LARGER, ofLarger));
      return all;
    } finally {
      Directories.delete(directory);
    }
  }

  /** Milliseconds of one round. */
  private record Times(double expire, double whole, double nothing) {}

  private static List<Measurement> measurements(String size, List<Times> rounds) {
    return List.of(
        Measurement.of(EXPIRE + size, "ms", rounds.stream().map(Times::expire).toList()),
        Measurement.of(WHOLE + size, "ms", rounds.stream().map(Times::whole).toList()),
        Measurement.of(NOTHING + size, "ms", rounds.stream().map(Times::nothing).toList()));
  }

  private interface Removal {
    long run();
  }

  private static double millis(long expected, Removal removal) {
    long began = System.nanoTime();
    long removed = removal.run();
    double millis = (System.nanoTime() - began) / 1e6;
    if (removed != expected) {
      throw new IllegalStateException(removed + " of " + expected + " were removed");
    }
    return millis;
  }

  /** One kind that is filled. */
  private static final class Filled {
    private final DiskMemo memo;
    private final KindCache kind;
    private final Done done;
    private int next;

    Filled(DiskMemo memo, String name, int entries) {
      this.memo = memo;
      this.kind = memo.kind(name);
      this.done = new Done(kind);
      add(entries, LONG);
    }

    private void add(int entries, Duration timeToLive) {
      for (int end = next + entries; next < end; ) {
        try (Batch batch = memo.batch()) {
          for (int i = 0; i < PER_BATCH; i++, next++) {
            kind.put("k" + next, VALUE, timeToLive, "t" + next % PER_BATCH);
          }
          batch.commit();
        }
      }
      done.require(0, entries);
      Pause.of(SHORT.multipliedBy(2)); // until those of a short time have expired
    }

    Times round(int removed) {
      add(removed, SHORT);
      double expire = millis(removed, kind::expire);
      add(removed, SHORT);
      double whole = millis(removed, this::maintain);
      return new Times(expire, whole, millis(0, this::maintain));
    }

    private long maintain() {
      return memo.maintenance().kind(kind.name()).run().get(0).expired();
    }
  }
}
