package io.diskmemo;

/**
 * How much there is under a tag.
 *
 * @param tag its name
 * @param entries that have it
 * @param sizeBytes that these count against the size limit
 */
public record TagStats(String tag, long entries, long sizeBytes) {}
