/** What the texts of paths and URIs say, and what they do not. */
@NullMarked
package io.diskmemo.internal.path;

import org.jspecify.annotations.NullMarked;
