/** Which names of classes last. */
@NullMarked
package io.diskmemo.internal.name;

import org.jspecify.annotations.NullMarked;
