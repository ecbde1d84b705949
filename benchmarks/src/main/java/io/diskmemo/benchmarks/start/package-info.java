/** New JVMs until their first hit. */
@NullMarked
package io.diskmemo.benchmarks.start;

import org.jspecify.annotations.NullMarked;
