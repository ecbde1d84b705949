package io.diskmemo;

import java.util.Optional;

/**
 * A backup of a kind.
 *
 * @param kind that was backed up
 * @param name of the backup; empty in a dry run, or if it was cancelled
 * @param entries in it
 * @param sizeBytes of these, as they count against the size limit
 */
public record BackupReport(String kind, Optional<String> name, long entries, long sizeBytes) {}
