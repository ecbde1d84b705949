/**
 * How fast DiskMemo is, beside its peers.
 *
 * <p>{@link io.diskmemo.benchmarks.Benchmarks} runs everything and writes {@code RESULTS.md}. What it
 * runs is a {@link io.diskmemo.benchmarks.Suite}: JMH benchmarks of a class, or processes that are
 * timed. Each gives {@link io.diskmemo.benchmarks.Measurement}s, and says by which ratios it is judged.
 */
@NullMarked
package io.diskmemo.benchmarks;

import org.jspecify.annotations.NullMarked;
