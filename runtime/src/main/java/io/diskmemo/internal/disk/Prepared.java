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
    @Nullable String file) {}
