package io.diskmemo;

/**
 * How far maintenance is.
 *
 * @param kind that it works on
 * @param task that is under way, in words
 * @param done entries, files or pages so far
 */
public record Progress(String kind, String task, long done) {}
