/** Many processes that want the same. */
@NullMarked
package io.diskmemo.benchmarks.stampede;

import org.jspecify.annotations.NullMarked;
