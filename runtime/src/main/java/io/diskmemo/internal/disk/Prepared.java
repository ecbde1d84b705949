package io.diskmemo.internal.disk;

import org.jspecify.annotations.Nullable;

/**
 * An entry right before its transaction, with a large value already in its file.
 *
 * @param entry to store
 * @param storedMillis when it is stored
 * @param checksum of all that a reader relies on
 * @param file that holds the value, or null if the row is to
 */
record Prepared(
    NewEntry entry,
    long storedMillis,
    long checksum,
    @Nullable String file) {

  /** A value that the row holds. */
  static Prepared inRow(NewEntry entry, long storedMillis, byte[] value) {
    long checksum = EntryChecksum.of(
            entry.key(), storedMillis, entry.expiresMillis(), entry.costNanos(), value)
        .value(entry.value().sealedAt().isPresent());
    return new Prepared(entry, storedMillis, checksum, null);
  }

  byte[] bytes() {
    if (entry.value() instanceof Content.Bytes value) {
      return value.bytes();
    }
    throw new IllegalStateException("only a value in memory can be in a row");
  }
}
