package io.diskmemo.benchmarks.store;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.resilience.BreakerSettings;
import io.diskmemo.internal.resilience.GuardedStore;
import io.diskmemo.internal.resilience.KindDisk;
import io.diskmemo.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs that no call waits for a disk that does not answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardBenchmark {
  private static final int ENTRIES = 20_000;
  private static final StoreLimits LIMITS = new StoreLimits(
      1L << 30, 10, CullOrder.STORED, 1 << 16, true, Duration.ofSeconds(1), false, "WAL", 0, 0);

  private @Nullable Path directory;
  private @Nullable KindStore store;
  private @Nullable KindDisk disk;
  private @Nullable GuardedStore guarded;
  private int next;
  private int fresh = ENTRIES;

  /** The suite of these. */
  public static Suite suite() {
    return new JmhSuite(
        "Guard: what it costs that no call waits for a disk that hangs",
        "The same operations of a store, by itself and guarded: a read is noted while it lasts, a store"
            + " of 200 bytes is handed to another thread and waited for. Each read must find its entry, and"
            + " each store must have stored.",
        GuardBenchmark.class,
        List.of(new Aim("guardedRead", "read", 1.1), new Aim("guardedStore", "store", 1.3)));
  }

  /** Fills the store. */
  @Setup
  public void fill() throws IOException {
    directory = Directories.make();
    KindStore opened = KindStore.open(
        StoreDirectory.openOrCreate(directory.resolve("store")),
        "guard",
        LIMITS,
        1,
        Clock.systemUTC(),
        Runnable::run);
    store = opened;
    disk = new KindDisk(
            () -> opened,
            BreakerSettings.DEFAULT,
            Runnable::run,
            Clock.systemUTC(),
            System::nanoTime,
            () -> {})
        .begin();
    disk.require();
    guarded = new GuardedStore("guard", disk, LIMITS.timeout());
    for (int i = 0; i < ENTRIES; i++) {
      opened.store(entry(i));
    }
  }

  /** Leaves nothing. */
  @TearDown
  public void remove() throws IOException {
    if (disk != null) {
      disk.close();
    }
    if (directory != null) {
      Directories.delete(directory);
    }
  }

  private static Key key(int number) {
    return Key.of(ByteBuffer.allocate(Key.LENGTH)
        .putInt(0, number * 0x9E37_79B9)
        .putInt(Integer.BYTES, number)
        .array());
  }

  private static NewEntry entry(int number) {
    return new NewEntry(
        key(number),
        new MethodName("m", 1, "0"),
        List.of("country:NZ"),
        StoredEntry.NEVER,
        1,
        Content.of(new byte[200]),
        NewEntry.Mode.PUBLISH,
        NewEntry.NOW);
  }

  private int next() {
    next = (next + 1) % ENTRIES;
    return next;
  }

  /** A read. */
  @Benchmark
  public Lookup read() {
    return found(bare().find(key(next())));
  }

  /** The same, guarded. */
  @Benchmark
  public Lookup guardedRead() {
    return found(guard().find(key(next())));
  }

  /** A store. */
  @Benchmark
  public Stored store() {
    return stored(bare().store(entry(fresh++)));
  }

  /** The same, guarded. */
  @Benchmark
  public Stored guardedStore() {
    Stored stored = guard()
        .store(entry(fresh++), late -> {})
        .orElseThrow(() -> new IllegalStateException("was not stored in time"));
    return stored(stored);
  }

  private static Lookup found(Lookup lookup) {
    if (lookup instanceof Lookup.Miss) {
      throw new IllegalStateException("was not found: " + lookup);
    }
    return lookup;
  }

  private static Stored stored(Stored stored) {
    if (stored.outcome() != Stored.Outcome.STORED) {
      throw new IllegalStateException("was not stored: " + stored);
    }
    return stored;
  }

  private KindStore bare() {
    if (store == null) {
      throw new IllegalStateException("not filled");
    }
    return store;
  }

  private GuardedStore guard() {
    if (guarded == null) {
      throw new IllegalStateException("not filled");
    }
    return guarded;
  }
}
