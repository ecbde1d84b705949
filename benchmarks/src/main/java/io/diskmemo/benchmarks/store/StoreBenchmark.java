package io.diskmemo.benchmarks.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.store.Names.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls of a wrapper beside what it stands on: Caffeine in memory, SQLite on disk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {
  private static final int ENTRIES = 20_000;
  private static final int BATCH = 1000;
  private static final byte[] VALUE = new byte[200];

  private record Arguments(String country, int id) {}

  private final Cache<Arguments, Name> caffeine = Caffeine.newBuilder()
      .maximumWeight(64 << 20)
      .weigher((Arguments key, Name value) -> 700) // as much as ours counts for it
      .expireAfterWrite(Duration.ofDays(1))
      .build();
  private @Nullable Path directory;
  private @Nullable DiskMemo memo;
  private @Nullable BareSqlite sqlite;
  private @Nullable MemoizedNames names;
  private @Nullable ForOthers leases;
  private @Nullable Done done;
  private @Nullable Done remembered;
  private long memoryHits;
  private long hits;
  private long stores;
  private int next;
  private int fresh = ENTRIES;

  /** The suite of these. */
  public static Suite suite() {
    return new JmhSuite(
        "Store: results of 200 bytes",
        "A method of a string and an int that returns a record, with one tag. `memoryHit` beside a"
            + " bare Caffeine with a record of both as key; both of a day's expiry, bounded by 64 MB, and"
            + " far below that; `diskHit`, with decoding, and"
            + " `store` beside prepared statements of one SQLite connection, one commit each, whose"
            + " values are bytes; nobody else writes. `coherenceCheck` is the part of a hit in memory that"
            + " sees evictions by other processes. `lease` is what a store needs for other"
            + " processes not to compute the same. `storeInBatch` is of " + BATCH
            + ", divided by them. " + ENTRIES + " entries, of which each call"
            + " takes the next.",
        StoreBenchmark.class,
        List.of(
            new Aim("memoryHit", "memoryHitCaffeine", 2),
            new Aim("diskHit", "diskHitSqlite", 1.5),
            new Aim("store", "storeSqlite", 1.3),
            Aim.none("storeInBatch", "storeInBatchSqlite"),
            Aim.none("lease", "storeSqlite"),
            Aim.none("coherenceCheck", "memoryHit")));
  }

  /** Fills all of them. */
  @Setup
  public void fill() throws IOException, SQLException {
    directory = Directories.make();
    memo = DiskMemo.open(Settings.builder()
        .directory(directory.resolve("store"))
        .kind("disk", Profile.builder().memoryLimit(0).build())
        .build());
    names = new MemoizedNames(memo);
    sqlite = new BareSqlite(directory.resolve("bare.db"));
    leases = new ForOthers(directory.resolve("leases"));
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < ENTRIES; i++) {
        wrapper().nameOnDisk("NZ", i);
        caffeine.put(new Arguments("NZ", i), wrapper().name("NZ", i));
      }
      batch.commit();
    }
    for (int i = 0; i < ENTRIES; i++) {
      wrapper().name("NZ", i); // from disk into memory
    }
    done = new Done(memo.kind("disk"));
    remembered = new Done(memo.kind("default"));
    sqlite.begin();
    for (int i = 0; i < ENTRIES; i++) {
      sqlite.put(BareSqlite.key("NZ", i), "country:NZ", VALUE);
    }
    sqlite.commit();
  }

  /** A call of a wrapper computes when memory or disk do not serve, which looks the same. */
  @TearDown(Level.Iteration)
  public void require() {
    if (done == null || remembered == null) {
      throw new IllegalStateException("not set up");
    }
    done.require(hits, stores);
    remembered.requireMemory(memoryHits);
    memoryHits = 0;
    hits = 0;
    stores = 0;
  }

  /** Leaves nothing. */
  @TearDown
  public void remove() throws IOException, SQLException {
    bare().close();
    taking().close();
    opened().close();
    if (directory != null) {
      Directories.delete(directory);
    }
  }

  private DiskMemo opened() {
    if (memo == null) {
      throw new IllegalStateException("not set up");
    }
    return memo;
  }

  private BareSqlite bare() {
    if (sqlite == null) {
      throw new IllegalStateException("not set up");
    }
    return sqlite;
  }

  private ForOthers taking() {
    if (leases == null) {
      throw new IllegalStateException("not set up");
    }
    return leases;
  }

  private MemoizedNames wrapper() {
    if (names == null) {
      throw new IllegalStateException("not set up");
    }
    return names;
  }

  private int next() {
    next = (next + 7919) % ENTRIES;
    return next;
  }

  /** The wrapper's hit in memory. */
  @Benchmark
  public Name memoryHit() {
    memoryHits++;
    return wrapper().name("NZ", next());
  }

  /** The same from Caffeine. */
  @Benchmark
  public @Nullable Name memoryHitCaffeine() {
    return caffeine.getIfPresent(new Arguments("NZ", next()));
  }

  /** The wrapper's hit on disk. */
  @Benchmark
  public Name diskHit() {
    hits++;
    return wrapper().nameOnDisk("NZ", next());
  }

  /** The same from SQLite. */
  @Benchmark
  public byte[] diskHitSqlite() throws SQLException {
    return bare().get(BareSqlite.key("NZ", next()));
  }

  /** A call that computes and stores. */
  @Benchmark
  public Name store() {
    stores++;
    return wrapper().nameOnDisk("NZ", fresh++);
  }

  /** A commit of SQLite. */
  @Benchmark
  public void storeSqlite() throws SQLException {
    bare().begin();
    bare().put(BareSqlite.key("NZ", fresh++), "country:NZ", VALUE);
    bare().commit();
  }

  /** What a hit in memory asks, to be sure that nothing was evicted. */
  @Benchmark
  public long coherenceCheck() {
    return taking().check();
  }

  /** A lease, taken and given back. */
  @Benchmark
  public boolean lease() throws Throwable {
    return taking().take(fresh++);
  }

  /** Calls that compute, in a batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void storeInBatch() {
    try (Batch batch = opened().batch()) {
      for (int i = 0; i < BATCH; i++) {
        wrapper().nameOnDisk("NZ", fresh++);
      }
      batch.commit();
    }
    stores += BATCH;
  }

  /** The same as one transaction of SQLite. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void storeInBatchSqlite() throws SQLException {
    bare().begin();
    for (int i = 0; i < BATCH; i++) {
      bare().put(BareSqlite.key("NZ", fresh++), "country:NZ", VALUE);
    }
    bare().commit();
  }
}
