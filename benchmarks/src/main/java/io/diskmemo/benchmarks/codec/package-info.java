/** Values to bytes and back. */
@NullMarked
package io.diskmemo.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
