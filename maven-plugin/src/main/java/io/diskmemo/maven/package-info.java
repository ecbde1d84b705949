/** Goals over the public maintenance API of the runtime. */
@NullMarked
package io.diskmemo.maven;

import org.jspecify.annotations.NullMarked;
