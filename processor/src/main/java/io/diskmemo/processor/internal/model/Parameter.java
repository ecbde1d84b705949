package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a method or constructor.
 *
 * @param name in source
 * @param type as declared
 */
public record Parameter(String name, TypeName type) {}
