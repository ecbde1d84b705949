package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Shape;

/**
 * State of the receiver that is in the key of every memoized method.
 *
 * @param name of the component, unless a parameter has it
 * @param shape of its type
 * @param source where the wrapper gets it
 */
record ReceiverPart(String name, Shape shape, KeyComponent.ReceiverSource source) {}
