package io.diskmemo.internal.disk;

/**
 * Tells one stored value of a key from the next.
 *
 * @param row number of the row
 * @param checksum of the entry, which covers its times
 */
public record RowIdentity(long row, long checksum) {
  /** Of what has no row. */
  public static final RowIdentity NONE = new RowIdentity(0, 0);
}
