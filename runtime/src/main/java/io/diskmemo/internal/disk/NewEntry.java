package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be stored.
 *
 * @param key of the entry
 * @param method that it is a result of
 * @param tags by which it can be evicted
 * @param expiresMillis when it expires, or {@link StoredEntry#NEVER}
 * @param costNanos how long its computation took
 * @param value its bytes
 * @param mode what to do about evictions and an entry that is there
 * @param sequence the store's eviction sequence when the value was right; a later eviction of what
 *     the entry hangs on wins. {@link #NOW} for a value that is right at the time of the commit
 * @param right that must be held when it is stored
 * @param origin where the sequence was read, which says nothing elsewhere; null if any store may take it
 */
public record NewEntry(
    Key key,
    MethodName method,
    List<String> tags,
    long expiresMillis,
    long costNanos,
    Content value,
    Mode mode,
    long sequence,
    Right right,
    Coherence.@Nullable Origin origin) {

  /** No eviction is later. */
  public static final long NOW = Long.MAX_VALUE;

  /** How an entry meets what is there. */
  public enum Mode {
    /** A result that was computed: yields to a live entry of its key, which is as good. */
    PUBLISH,
    /** A value that somebody put: replaces what is there. */
    REPLACE,
    /** A value that somebody added: yields to a live entry of its key. */
    ADD,
    /** No value: removes what is there, and nothing takes its place. */
    REMOVE
  }

  /** What an entry takes beside its value: its row, indexes and an average of tags. */
  private static final int OVERHEAD_BYTES = 160;

  /**
   * An entry whose value is in memory.
   *
   * @param key of the entry
   * @param method that it is a result of
   * @param tags by which it can be evicted
   * @param expiresMillis when it expires, or {@link StoredEntry#NEVER}
   * @param costNanos how long its computation took
   * @param value its bytes, not to be changed
   * @param mode what to do about evictions and an entry that is there
   * @param sequence as of when the value is right
   */
  public NewEntry(
      Key key,
      MethodName method,
      List<String> tags,
      long expiresMillis,
      long costNanos,
      byte[] value,
      Mode mode,
      long sequence) {
    this(key, method, tags, expiresMillis, costNanos, Content.of(value), mode, sequence);
  }

  /**
   * An entry that needs no right.
   *
   * @param key of the entry
   * @param method that it is a result of
   * @param tags by which it can be evicted
   * @param expiresMillis when it expires, or {@link StoredEntry#NEVER}
   * @param costNanos how long its computation took
   * @param value its bytes
   * @param mode what to do about evictions and an entry that is there
   * @param sequence as of when the value is right
   */
  public NewEntry(
      Key key,
      MethodName method,
      List<String> tags,
      long expiresMillis,
      long costNanos,
      Content value,
      Mode mode,
      long sequence) {
    this(
        key, method, tags, expiresMillis, costNanos, value, mode, sequence, Right.NOT_NEEDED, null);
  }

  /**
   * The same, which needs no right.
   *
   * @return another entry
   */
  public NewEntry withoutRight() {
    return with(Right.NOT_NEEDED);
  }

  /**
   * The same, which needs another right.
   *
   * @param other that must be held when it is stored
   * @return another entry
   */
  public NewEntry with(Right other) {
    return new NewEntry(
        key, method, tags, expiresMillis, costNanos, value, mode, sequence, other, origin);
  }

  /**
   * The same, yielding to evictions after a sequence, whichever store it was read from.
   *
   * @param newSequence as of when the value is right
   * @return another entry
   */
  public NewEntry since(long newSequence) {
    return since(newSequence, null);
  }

  /**
   * The same, yielding to evictions after a sequence.
   *
   * @param newSequence as of when the value is right
   * @param newOrigin where it was read
   * @return another entry
   */
  public NewEntry since(long newSequence, Coherence.@Nullable Origin newOrigin) {
    return new NewEntry(
        key, method, tags, expiresMillis, costNanos, value, mode, newSequence, right, newOrigin);
  }

  /**
   * The same with another end.
   *
   * @param newExpiresMillis when it expires
   * @return another entry
   */
  public NewEntry until(long newExpiresMillis) {
    return new NewEntry(
        key, method, tags, newExpiresMillis, costNanos, value, mode, sequence, right, origin);
  }

  /**
   * What leaves the key without an entry.
   *
   * @return an entry without a value
   */
  public NewEntry removal() {
    return removal(key, method);
  }

  /**
   * What leaves a key without an entry.
   *
   * @param key of the entry
   * @param method that it is a result of
   * @return an entry without a value
   */
  public static NewEntry removal(Key key, MethodName method) {
    return new NewEntry(
        key, method, List.of(), StoredEntry.NEVER, 0, new byte[0], Mode.REMOVE, NOW);
  }

  NewEntry of(Content newValue) {
    return new NewEntry(
        key, method, tags, expiresMillis, costNanos, newValue, mode, sequence, right, origin);
  }

  NewEntry tagged(List<String> newTags) {
    return new NewEntry(
        key, method, newTags, expiresMillis, costNanos, value, mode, sequence, right, origin);
  }

  /** Whether a store can compare its sequence with those of its evictions. */
  boolean isComparableIn(Coherence store) {
    return origin == null || origin.isSame(store.origin());
  }

  /**
   * What it counts against the size limit.
   *
   * @return bytes; none if nothing is stored
   */
  public long sizeBytes() {
    return mode == Mode.REMOVE ? 0 : value.sizeBytes() + OVERHEAD_BYTES + 32L * tags.size();
  }
}
