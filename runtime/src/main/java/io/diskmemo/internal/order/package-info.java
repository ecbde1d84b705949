/** The order of sets and maps, which have none of their own. */
@NullMarked
package io.diskmemo.internal.order;

import org.jspecify.annotations.NullMarked;
