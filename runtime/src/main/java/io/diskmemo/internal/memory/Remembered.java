package io.diskmemo.internal.memory;

import io.diskmemo.generated.Hit;
import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.key.Key;
import org.jspecify.annotations.Nullable;

/**
 * A result in memory, and what it takes to check it.
 *
 * @param <R> type of the result
 */
public final class Remembered<R extends @Nullable Object> implements Hit<R> {
  private final Key key;
  private final RowIdentity identity;
  private final Coherence coherence;
  private final long expiresMillis;
  private final long costNanos;
  private final Result<R> result;

  private int accesses;

  /** While the coherence counter equals it, the row is known to be there. */
  private volatile long stamp;

  /**
   * Remembers what was read from the disk or stored there.
   *
   * @param key of the entry
   * @param identity of its row
   * @param coherence counters of its database
   * @param stamp at which the row was there
   * @param expiresMillis when the entry expires
   * @param costNanos how long its computation took
   * @param result to be handed out
   */
  public Remembered(
      Key key,
      RowIdentity identity,
      Coherence coherence,
      long stamp,
      long expiresMillis,
      long costNanos,
      Result<R> result) {
    this.key = key;
    this.identity = identity;
    this.coherence = coherence;
    this.stamp = stamp;
    this.expiresMillis = expiresMillis;
    this.costNanos = costNanos;
    this.result = result;
  }

  @Override
  public R value() {
    return result.value();
  }

  /**
   * How long the computation took that a hit saves.
   *
   * @return nanoseconds
   */
  public long costNanos() {
    return costNanos;
  }

  /**
   * What is handed out.
   *
   * @return one instance for all, or a copy for each
   */
  public Result<R> result() {
    return result;
  }

  Key key() {
    return key;
  }

  RowIdentity identity() {
    return identity;
  }

  /**
   * When the entry expires.
   *
   * @return milliseconds since 1970, or {@link io.diskmemo.internal.disk.StoredEntry#NEVER}
   */
  public long expiresMillis() {
    return expiresMillis;
  }

  long stamp() {
    return stamp;
  }

  /** Whether nothing was evicted or replaced since it was found on disk. */
  boolean isUntouched() {
    return stamp == coherence.started();
  }

  /** Counts a read, of which a few may be lost between threads. */
  void noteAccess() {
    accesses++;
  }

  /** The reads since the last call. */
  int takeAccesses() {
    int taken = accesses;
    accesses = 0;
    return taken;
  }

  void stamp(long newStamp) {
    stamp = newStamp;
  }

  int sizeBytes() {
    return result.sizeBytes();
  }
}
