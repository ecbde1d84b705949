/** Entries that are removed by their tag, and calls beside that. */
@NullMarked
package io.diskmemo.benchmarks.eviction;

import org.jspecify.annotations.NullMarked;
