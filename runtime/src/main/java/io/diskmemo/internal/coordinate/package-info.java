/** What applications coordinate their processes with: locks, permits, rates and means, by name. */
@NullMarked
package io.diskmemo.internal.coordinate;

import org.jspecify.annotations.NullMarked;
