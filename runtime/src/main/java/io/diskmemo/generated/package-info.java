/**
 * The one door for generated wrappers: what they implement, hand over and call.
 *
 * <p>Code that people write uses {@link io.diskmemo} instead.
 */
@NullMarked
package io.diskmemo.generated;

import org.jspecify.annotations.NullMarked;
