/**
 * From arguments to keys: the canonical encoding and its digest.
 *
 * <p>The encoding is typed and length-prefixed, so that different arguments never share one; it is
 * the same on every JDK, in every locale and time zone. It is a format: another encoding is another
 * format number, {@link io.diskmemo.key.KeyWriter#FORMAT}.
 */
@NullMarked
package io.diskmemo.key;

import org.jspecify.annotations.NullMarked;
