/** Hits on disk and stores, beside peers. */
@NullMarked
package io.diskmemo.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
