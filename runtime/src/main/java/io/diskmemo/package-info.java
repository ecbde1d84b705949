/** Results of expensive pure methods, kept in memory and on disk. */
@NullMarked
package io.diskmemo;

import org.jspecify.annotations.NullMarked;
