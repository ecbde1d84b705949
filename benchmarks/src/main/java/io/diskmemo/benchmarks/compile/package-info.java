/** What the processor costs a build. */
@NullMarked
package io.diskmemo.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
