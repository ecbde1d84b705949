package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one thread stores until it commits. Held in memory, so that the database is locked only while
 * the commit lasts. For the thread that opened it.
 *
 * <p>A commit stores all entries of a kind or none of them, in one transaction; kinds follow each
 * other in the order of their first entry. Entries that were evicted since they were computed are
 * left out. A nested batch hands its entries to the outer one.
 */
public final class BatchBuffer {
  /** Some of those that a process may have, see {@link io.diskmemo.codec.Blob}. */
  private static final int MOST_OPEN_FILES = 200;

  private final Batches batches;
  private final long limitBytes;
  private final @Nullable BatchBuffer outer;
  private final Map<KindParts, Map<LocalKey, Pending>> entries = new LinkedHashMap<>();
  private long sizeBytes;
  private int openFiles;
  private boolean overflowed;
  private boolean ended;

  BatchBuffer(Batches batches, long limitBytes, @Nullable BatchBuffer outer) {
    this.batches = batches;
    this.limitBytes = limitBytes;
    this.outer = outer;
  }

  @Nullable
  Result<?> find(KindParts kind, LocalKey key) {
    Pending pending = pending(kind, key);
    return pending != null && !pending.isRemoval() && isCurrent(kind, pending)
        ? pending.result()
        : null;
  }

  /** Whether the commit leaves the key without an entry. */
  boolean removes(KindParts kind, LocalKey key) {
    Pending pending = pending(kind, key);
    return pending != null && pending.isRemoval();
  }

  private @Nullable Pending pending(KindParts kind, LocalKey key) {
    Map<LocalKey, Pending> ofKind = entries.get(kind);
    Pending pending = ofKind == null ? null : ofKind.get(key);
    return pending == null && outer != null ? outer.pending(kind, key) : pending;
  }

  /** The counter also moves for others; only then is it worth a look at the disk. */
  private static boolean isCurrent(KindParts kind, Pending pending) {
    return pending.entry().expiresMillis() > kind.clock().millis()
        && (kind.store().coherence(pending.entry().key()).started() == pending.stamp()
            || !kind.store().isEvicted(pending.entry()));
  }

  /** Takes an entry, unless the batch is full; then the commit will fail. */
  void add(KindParts kind, LocalKey key, Pending pending) {
    if (overflowed) {
      return;
    }
    Pending replaced = entries.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(key, pending);
    sizeBytes += weight(pending) - (replaced == null ? 0 : weight(replaced));
    openFiles += openFiles(pending) - (replaced == null ? 0 : openFiles(replaced));
    if (sizeBytes > limitBytes || openFiles > MOST_OPEN_FILES) {
      overflowed = true;
      entries.clear();
    }
  }

  private static long weight(Pending pending) {
    return pending.entry().value() instanceof BlobContent content
        ? content.blob().memoryBytes()
        : pending.result().sizeBytes();
  }

  private static int openFiles(Pending pending) {
    return pending.entry().value() instanceof BlobContent content
            && content.blob().memoryBytes() == 0
        ? 1
        : 0;
  }

  /**
   * Stores what was collected, or hands it to the outer batch.
   *
   * @throws io.diskmemo.internal.disk.DiskException if it cannot be stored
   * @throws IllegalStateException if it is over, not this thread's innermost, or was too large
   */
  public void commit() {
    requireInnermost();
    if (overflowed) {
      throw new IllegalStateException("the batch holds more than " + limitBytes + " bytes or "
          + MOST_OPEN_FILES + " blobs with an open file, and nothing of it is stored; commit after"
          + " fewer calls");
    }
    if (outer != null) {
      entries.forEach((kind, ofKind) -> ofKind.forEach((key, one) -> outer.add(kind, key, one)));
    } else {
      entries.forEach((kind, ofKind) -> store(kind, List.copyOf(ofKind.values())));
    }
    entries.clear();
    sizeBytes = 0;
    openFiles = 0;
  }

  private static void store(KindParts kind, List<Pending> pending) {
    List<NewEntry> toStore = new ArrayList<>(pending.size());
    pending.forEach(one -> toStore.add(one.entry()));
    List<Stored> stored = kind.store().storeAllOrNone(toStore);
    for (int i = 0; i < stored.size(); i++) {
      Accounting.of(kind, stored.get(i), pending.get(i));
    }
  }

  /**
   * Ends the batch; what was not committed is forgotten. Calls after the first do nothing.
   *
   * @throws IllegalStateException if it is not this thread's innermost
   */
  public void end() {
    if (!ended) {
      requireInnermost();
      ended = true;
      entries.clear();
      batches.end(outer);
    }
  }

  private void requireInnermost() {
    if (ended) {
      throw new IllegalStateException("the batch is over; open another");
    }
    if (!batches.isInnermost(this)) {
      throw new IllegalStateException(
          "a batch is used by the thread that opened it, and an inner one is closed before it");
    }
  }
}
