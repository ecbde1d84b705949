/** What the names of files say, and what they do not. */
@NullMarked
package io.diskmemo.internal.path;

import org.jspecify.annotations.NullMarked;
