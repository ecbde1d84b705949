/**
 * A call of a memoized method: key, memory, one computation, disk, compute, store. {@link
 * io.diskmemo.internal.call.CachedMethod} is the whole flow on one screen.
 */
@NullMarked
package io.diskmemo.internal.call;

import org.jspecify.annotations.NullMarked;
