package io.diskmemo.testkit;

import io.diskmemo.JournalMode;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Limits of a store below the public API, one changed at a time. */
public record TestLimits(StoreLimits limits) {
  /** Ample room, and files for values of 1,000 bytes or more. */
  public static TestLimits ample() {
    return new TestLimits(new StoreLimits(
        100 << 20, 10, CullOrder.STORED, 1000, true, Duration.ofSeconds(20), false, "WAL", 0, 0));
  }

  /** Room for so many bytes. */
  public TestLimits size(long bytes) {
    return with(bytes, limits.cullOrder(), limits.cullLimit(), limits.tagIndex(), limits.timeout());
  }

  /** Another order of culls. */
  public TestLimits order(CullOrder order) {
    return with(limits.sizeBytes(), order, limits.cullLimit(), limits.tagIndex(), limits.timeout());
  }

  /** Another limit of culls. */
  public TestLimits cullLimit(int entries) {
    return with(
        limits.sizeBytes(), limits.cullOrder(), entries, limits.tagIndex(), limits.timeout());
  }

  /** With or without the index of tags. */
  public TestLimits tagIndex(boolean on) {
    return with(limits.sizeBytes(), limits.cullOrder(), limits.cullLimit(), on, limits.timeout());
  }

  /** Another longest wait. */
  public TestLimits timeout(Duration timeout) {
    return with(
        limits.sizeBytes(), limits.cullOrder(), limits.cullLimit(), limits.tagIndex(), timeout);
  }

  /** Another journal. */
  public TestLimits journal(JournalMode journal) {
    return with(
        limits.sizeBytes(),
        limits.cullOrder(),
        limits.cullLimit(),
        limits.tagIndex(),
        limits.timeout(),
        journal.name());
  }

  private TestLimits with(
      long bytes, CullOrder order, int cullLimit, boolean tagIndex, Duration timeout) {
    return with(bytes, order, cullLimit, tagIndex, timeout, limits.journalMode());
  }

  private TestLimits with(
      long bytes,
      CullOrder order,
      int cullLimit,
      boolean tagIndex,
      Duration timeout,
      String journal) {
    return new TestLimits(new StoreLimits(
        bytes,
        cullLimit,
        order,
        limits.minFileBytes(),
        tagIndex,
        timeout,
        limits.fullSync(),
        journal,
        limits.lateMillis(),
        limits.mmapBytes()));
  }

  /** Opens the kind {@code default}. */
  public KindStore open(Path directory, int databases, InstantSource clock, Executor background) {
    return KindStore.open(
        StoreDirectory.openOrCreate(directory), "default", limits, databases, clock, background);
  }

  /** Opens the kind {@code default} with one database; background work is done at once. */
  public KindStore open(Path directory, InstantSource clock) {
    return open(directory, 1, clock, Runnable::run);
  }
}
