/** What it costs that processes do one thing at a time. */
@NullMarked
package io.diskmemo.benchmarks.coordination;

import org.jspecify.annotations.NullMarked;
