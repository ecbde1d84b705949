/** Keys and values of entries that are put by hand, whose types are only known at run time. */
@NullMarked
package io.diskmemo.internal.value;

import org.jspecify.annotations.NullMarked;
