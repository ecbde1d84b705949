package io.diskmemo.internal.call;

import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.Result;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The open batches, at most one chain of nested ones in each thread. Thread-safe. */
public final class Batches {
  private static final long LIMIT_BYTES = 256L << 20;

  private final long limitBytes;
  private final AtomicInteger open = new AtomicInteger();

  @SuppressWarnings("ThreadLocalUsage") // batches belong to one directory; removed with the last
  private final ThreadLocal<@Nullable BatchBuffer> current = new ThreadLocal<>();

  /** None open. */
  public Batches() {
    this(LIMIT_BYTES);
  }

  /** None open; each may hold so many bytes of values. */
  Batches(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Opens a batch in this thread, inside the one that is open there, if any.
   *
   * @return the batch
   */
  public BatchBuffer begin() {
    BatchBuffer batch = new BatchBuffer(this, limitBytes, current.get());
    current.set(batch);
    open.incrementAndGet();
    return batch;
  }

  /** Whether this thread stores into the batch. */
  boolean isInnermost(BatchBuffer batch) {
    return current.get() == batch;
  }

  void end(@Nullable BatchBuffer outer) {
    if (outer == null) {
      current.remove();
    } else {
      current.set(outer);
    }
    open.decrementAndGet();
  }

  /**
   * Whether no thread has a batch open; cheaper than asking for this thread's.
   *
   * @return true if there is none
   */
  public boolean isNoneOpen() {
    return open.get() == 0;
  }

  /**
   * The batch of this thread.
   *
   * @return the innermost, or null
   */
  public @Nullable BatchBuffer ofThisThread() {
    return isNoneOpen() ? null : current.get();
  }

  /** What this thread's batch holds under the key, and that was not evicted since. */
  @Nullable
  Result<?> find(KindParts kind, LocalKey key) {
    BatchBuffer batch = ofThisThread();
    return batch == null ? null : batch.find(kind, key);
  }

  /** Whether the commit of this thread's batch leaves the key without an entry. */
  boolean removes(KindParts kind, LocalKey key) {
    BatchBuffer batch = ofThisThread();
    return batch != null && batch.removes(kind, key);
  }
}
