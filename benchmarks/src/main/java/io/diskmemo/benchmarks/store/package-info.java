/** Hits in memory and on disk, and stores. */
@NullMarked
package io.diskmemo.benchmarks.store;

import org.jspecify.annotations.NullMarked;
