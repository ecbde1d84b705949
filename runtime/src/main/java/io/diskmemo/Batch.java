package io.diskmemo;

import io.diskmemo.internal.call.BatchBuffer;
import io.diskmemo.internal.disk.DiskException;

/**
 * Results that are stored together. For the thread that opened it: what that thread's calls compute
 * or put is held in memory, visible to that thread, until {@link #commit}.
 *
 * <p>A commit stores all entries of a kind or none, in one transaction; several kinds follow each
 * other, so that a failure at a later one leaves the earlier stored. Entries that were evicted after
 * they were computed are left out. A batch within a batch hands its entries to the outer one. A batch
 * holds at most 256 MiB; a commit of more fails and stores nothing.
 */
public final class Batch implements AutoCloseable {
  private final BatchBuffer buffer;

  Batch(BatchBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * Stores what was collected since the batch was opened or last committed.
   *
   * @throws DiskMemoException if it cannot be stored
   * @throws IllegalStateException if the batch is closed, too large, another thread's, or has an
   *     inner one
   */
  public void commit() {
    try {
      buffer.commit();
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  /** Forgets what was not committed. */
  @Override
  public void close() {
    buffer.end();
  }
}
