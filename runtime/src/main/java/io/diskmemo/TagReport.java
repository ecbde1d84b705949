package io.diskmemo;

/**
 * How much a kind has under a tag.
 *
 * @param kind that was looked at
 * @param tag its name
 * @param entries that have it
 * @param sizeBytes that these count against the size limit
 */
public record TagReport(String kind, String tag, long entries, long sizeBytes) {}
