/** Hits in memory, beside peers. */
@NullMarked
package io.diskmemo.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
