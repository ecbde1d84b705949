/**
 * From the model to source. {@link io.diskmemo.processor.internal.write.WrapperWriter} is the door.
 */
@NullMarked
package io.diskmemo.processor.internal.write;

import org.jspecify.annotations.NullMarked;
