package io.diskmemo.internal.disk;

/**
 * An entry as it was read, with a checksum that holds.
 *
 * @param identity of the row, for {@link KindStore#stampOf}
 * @param storedMillis when it was stored, in milliseconds since 1970
 * @param expiresMillis when it expires, or {@link #NEVER}
 * @param costNanos how long its computation took
 * @param value its bytes, not to be changed
 * @param stamp under which memory may keep it, or {@link Coherence#UNSTABLE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredEntry(
    RowIdentity identity,
    long storedMillis,
    long expiresMillis,
    long costNanos,
    byte[] value,
    long stamp)
    implements Lookup {
  /** The expiry of an entry that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;
}
