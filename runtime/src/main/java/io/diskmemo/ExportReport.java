package io.diskmemo;

/**
 * What of a kind was written to a file, or would be.
 *
 * @param kind that was exported
 * @param entries that were written
 * @param damaged entries that were left out because their checksum did not hold
 */
public record ExportReport(String kind, long entries, long damaged) {}
