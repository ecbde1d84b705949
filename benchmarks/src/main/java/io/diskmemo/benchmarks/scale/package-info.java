/** Many entries, many threads. */
@NullMarked
package io.diskmemo.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
