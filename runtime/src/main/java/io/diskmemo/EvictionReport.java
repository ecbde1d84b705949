package io.diskmemo;

/**
 * What an eviction removed from a kind, or would remove.
 *
 * @param kind that was looked at
 * @param evicted entries that were on disk
 */
public record EvictionReport(String kind, long evicted) {}
