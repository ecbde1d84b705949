/**
 * What a wrapper is made of. Immutable, and valid by construction: it is made only from classes
 * without mistakes, so that writing it cannot fail.
 */
@NullMarked
package io.diskmemo.processor.internal.model;

import org.jspecify.annotations.NullMarked;
