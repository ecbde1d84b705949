/**
 * Values to bytes and back, without reflection and without names of types in the data.
 *
 * <p>A reader takes nothing on trust: every length is checked against the bytes that are left before
 * anything is allocated for it, so that damaged bytes end in a {@link
 * io.diskmemo.codec.CorruptValueException}.
 */
@NullMarked
package io.diskmemo.codec;

import org.jspecify.annotations.NullMarked;
