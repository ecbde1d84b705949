package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.util.List;

/**
 * An entry to be stored.
 *
 * @param key of the entry
 * @param method that it is a result of
 * @param tags by which it can be evicted
 * @param expiresMillis when it expires, or {@link StoredEntry#NEVER}
 * @param costNanos how long its computation took
 * @param value its bytes, not to be changed
 * @param mode what to do about evictions and an entry that is there
 * @param sequence the store's eviction sequence before the computation began
 */
public record NewEntry(
    Key key,
    MethodName method,
    List<String> tags,
    long expiresMillis,
    long costNanos,
    byte[] value,
    Mode mode,
    long sequence) {

  /** How an entry meets what is there. */
  public enum Mode {
    /** A computed result: yields to evictions since its sequence, and to a live entry of its key. */
    PUBLISH,
    /** A value that somebody put: replaces what is there. */
    REPLACE,
    /** A value that somebody added: yields to a live entry of its key. */
    ADD
  }

  /** What an entry takes beside its value: its row, indexes and an average of tags. */
  private static final int OVERHEAD_BYTES = 160;

  long sizeBytes() {
    return value.length + OVERHEAD_BYTES + 32L * tags.size();
  }
}
