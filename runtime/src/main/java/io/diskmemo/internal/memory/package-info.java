/**
 * The memory tier: Caffeine, with every hit checked against the coherence counter.
 */
@NullMarked
package io.diskmemo.internal.memory;

import org.jspecify.annotations.NullMarked;
