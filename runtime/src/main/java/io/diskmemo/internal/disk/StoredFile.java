package io.diskmemo.internal.disk;

import java.nio.channels.FileChannel;

/**
 * An entry whose value is in a file, with a checksum that holds.
 *
 * @param identity of the row
 * @param costNanos how long its computation took
 * @param channel to be closed by the caller
 * @param offset of the value in the file
 * @param sizeBytes of the value
 * @param stamp at which the entry was there, or {@link Coherence#UNSTABLE}
 */
public record StoredFile(
    RowIdentity identity,
    long costNanos,
    FileChannel channel,
    long offset,
    long sizeBytes,
    long stamp)
    implements Lookup {}
