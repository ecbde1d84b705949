package io.diskmemo.internal.disk;

import java.time.Duration;

/**
 * What a store is held to.
 *
 * @param sizeBytes of all entries together
 * @param cullLimit most entries that one store removes on the way
 * @param culls whether entries are removed to make room at all
 * @param timeout longest wait for the database
 * @param fullSync whether every commit waits for the disk
 */
public record StoreLimits(
    long sizeBytes, int cullLimit, boolean culls, Duration timeout, boolean fullSync) {}
