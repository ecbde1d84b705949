/** One computation of a key at a time among the threads of this process. */
@NullMarked
package io.diskmemo.internal.flight;

import org.jspecify.annotations.NullMarked;
