/** Stores on disk behind one interface. */
@NullMarked
package io.diskmemo.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
