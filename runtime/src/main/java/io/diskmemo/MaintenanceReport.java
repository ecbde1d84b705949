package io.diskmemo;

/**
 * What maintenance did to a kind, or would do.
 *
 * @param kind that was maintained
 * @param expired entries removed because their time was over
 * @param culled entries removed because the kind was over its limit
 * @param check what was found
 * @param entries that are left
 * @param sizeBytes of what is left
 */
public record MaintenanceReport(
    String kind, long expired, long culled, CheckReport check, long entries, long sizeBytes) {}
