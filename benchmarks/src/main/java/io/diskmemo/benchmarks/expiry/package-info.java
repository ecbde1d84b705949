/** Entries whose time is over, and their removal. */
@NullMarked
package io.diskmemo.benchmarks.expiry;

import org.jspecify.annotations.NullMarked;
