/**
 * The annotation processor, in the order in which it works: {@code validate} reads the annotated
 * elements and reports mistakes, {@code model} is what it found, {@code write} turns that into
 * source.
 */
@NullMarked
package io.diskmemo.processor;

import org.jspecify.annotations.NullMarked;
