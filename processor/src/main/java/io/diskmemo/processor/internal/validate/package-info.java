/**
 * From annotated elements to the model: every mistake is found here, reported once, at the element
 * where it can be corrected. {@link io.diskmemo.processor.internal.validate.Validator} is the door.
 */
@NullMarked
package io.diskmemo.processor.internal.validate;

import org.jspecify.annotations.NullMarked;
