package io.diskmemo.internal.memory;

import io.diskmemo.generated.Hit;
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
  private final long expiresMillis;
  private final long costNanos;
  private final Result<R> result;

  /** While the coherence counter equals it, the row is known to be there. */
  private volatile long stamp;

  /**
   * Remembers what was read from the disk or stored there.
   *
   * @param key of the entry
   * @param identity of its row
   * @param stamp at which the row was there
   * @param expiresMillis when the entry expires
   * @param costNanos how long its computation took
   * @param result to be handed out
   */
  public Remembered(
      Key key,
      RowIdentity identity,
      long stamp,
      long expiresMillis,
      long costNanos,
      Result<R> result) {
    this.key = key;
    this.identity = identity;
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

  long expiresMillis() {
    return expiresMillis;
  }

  long stamp() {
    return stamp;
  }

  void stamp(long newStamp) {
    stamp = newStamp;
  }

  int sizeBytes() {
    return result.sizeBytes();
  }
}
