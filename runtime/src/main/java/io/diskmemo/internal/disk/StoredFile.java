package io.diskmemo.internal.disk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An entry whose value is in a file, with a checksum that held when it was read. The file is never
 * changed; it is deleted when its entry is evicted or replaced.
 *
 * @param identity of the row
 * @param costNanos how long its computation took
 * @param file that holds the value
 * @param offset of the value in the file
 * @param sizeBytes that the value takes there
 * @param stamp at which the entry was there, or {@link Coherence#UNSTABLE}
 * @param decryption how to read it, or null if it is not encrypted
 */
public record StoredFile(
    RowIdentity identity,
    long costNanos,
    Path file,
    long offset,
    long sizeBytes,
    long stamp,
    @Nullable Decryption decryption)
    implements Lookup {}
