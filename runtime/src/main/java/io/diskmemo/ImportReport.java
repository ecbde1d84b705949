package io.diskmemo;

/**
 * What became of the entries that a file holds of a kind.
 *
 * @param kind that they belong to
 * @param entries that were stored, or would be unless others are there
 * @param present entries whose keys had live entries, which stay
 * @param expired entries whose time was over
 * @param noRoom entries that found no room, or were larger than an entry may be
 * @param otherKey entries that are encrypted with another key than the kind has here, and were left out;
 *     where it has none, as in tools, they are stored as they are
 * @param isComplete false if it was cancelled
 */
public record ImportReport(
    String kind,
    long entries,
    long present,
    long expired,
    long noRoom,
    long otherKey,
    boolean isComplete) {}
