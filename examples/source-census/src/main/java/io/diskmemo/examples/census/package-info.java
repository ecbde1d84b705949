/**
 * Counts what is in the sources of well-known libraries, and parses each file only once.
 *
 * <p>{@link io.diskmemo.examples.census.SourceParser} is what a user of DiskMemo writes, {@link
 * io.diskmemo.examples.census.Census} how she calls it. The rest is a demonstration: four runs, each
 * in a JVM of its own, that check how often the parser really ran.
 */
@NullMarked
package io.diskmemo.examples.census;

import org.jspecify.annotations.NullMarked;
