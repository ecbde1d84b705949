/** Which entries should make room. */
@NullMarked
package io.diskmemo.benchmarks.policies;

import org.jspecify.annotations.NullMarked;
