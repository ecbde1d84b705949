package io.diskmemo.processor.internal.model;

/**
 * A method that is called through a gate, and of which no results are kept.
 *
 * @param signature of the method
 * @param gate that calls pass
 */
public record Gated(Signature signature, Gate gate) {}
