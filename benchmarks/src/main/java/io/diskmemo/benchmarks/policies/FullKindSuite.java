package io.diskmemo.benchmarks.policies;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Stores into kinds that are full, so that each policy has to make room for them. */
public final class FullKindSuite implements Suite {
  private static final String ROOM = "no policy, there is room";
  private static final List<EvictionPolicy> POLICIES = Stream.of(EvictionPolicy.values())
      .filter(policy -> policy != EvictionPolicy.NONE)
      .toList();

  private static final long LIMIT = 4 << 20;
  private static final byte[] VALUE = new byte[2_000];

  /** More than the limit lets stay. */
  private static final int FILLING = 3000;

  /** Nothing was measured yet. */
  public FullKindSuite() {}

  @Override
  public String title() {
    return "Policies: stores into a full kind";
  }

  @Override
  public String explanation() {
    return "Stores of 2 KB without tags into kinds of 4 MiB that are full, each in a commit of its own, in"
        + " turns. Room is made on the way, for as many entries as are stored, in the order of the"
        + " policy; nothing is read meanwhile, and all cost the same. Beside them a kind with room enough, which removes"
        + " nothing.";
  }

  @Override
  public List<Aim> aims() {
    return POLICIES.stream().map(policy -> Aim.none(policy.name(), ROOM)).toList();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException {
    boolean isFull = effort == Effort.FULL;
    int warming = isFull ? 4 : 1;
    int rounds = isFull ? 8 : 1;
    Path directory = Directories.make();
    Settings.Builder settings = Settings.builder().directory(directory.resolve("store"));
    settings.kind("room", Profile.builder().memoryLimit(0).build());
    POLICIES.forEach(policy -> settings.kind(kindOf(policy), full(policy)));
    try (DiskMemo memo = DiskMemo.open(settings.build())) {
      List<Filled> all = new ArrayList<>(List.of(new Filled(ROOM, memo.kind("room"), false)));
      POLICIES.forEach(
          policy -> all.add(new Filled(policy.name(), memo.kind(kindOf(policy)), true)));
      for (Filled filled : all) {
        filled.store(FILLING);
      }
      for (int i = 0; i < warming + rounds; i++) {
        for (Filled filled : all) {
          filled.measure(i >= warming);
        }
      }
      return all.stream().map(Filled::measurement).toList();
    } finally {
      Directories.delete(directory);
    }
  }

  private static String kindOf(EvictionPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Profile full(EvictionPolicy policy) {
    return Profile.builder()
        .memoryLimit(0)
        .sizeLimit(LIMIT)
        .evictionPolicy(policy)
        .build();
  }

  /** A kind and what was measured of it. */
  private static final class Filled {
    private static final int STORES = 500;

    /** Room is made for several stores at once, so that a few more or fewer may have been removed. */
    private static final int UNEVEN = 100;

    private final String name;
    private final KindCache kind;
    private final boolean isFull;
    private final Done done;
    private final List<Double> micros = new ArrayList<>();
    private int next;

    Filled(String name, KindCache kind, boolean isFull) {
      this.name = name;
      this.kind = kind;
      this.isFull = isFull;
      this.done = new Done(kind);
    }

    void store(int entries) {
      for (int end = next + entries; next < end; next++) {
        kind.put("k" + next, VALUE);
      }
      done.require(0, entries);
    }

    void measure(boolean counts) {
      long culledBefore = kind.stats().culled();
      long began = System.nanoTime();
      for (int end = next + STORES; next < end; next++) {
        kind.put("k" + next, VALUE);
      }
      double each = (System.nanoTime() - began) / 1e3 / STORES;
      done.require(0, STORES);
      requireCulled(kind.stats().culled() - culledBefore);
      if (counts) {
        micros.add(each);
      }
    }

    private void requireCulled(long culled) {
      if (Math.abs(culled - (isFull ? STORES : 0)) > (isFull ? UNEVEN : 0)) {
        throw new IllegalStateException(name + ": " + culled + " were removed for " + STORES);
      }
    }

    Measurement measurement() {
      return Measurement.of(name, "µs", micros);
    }
  }
}
