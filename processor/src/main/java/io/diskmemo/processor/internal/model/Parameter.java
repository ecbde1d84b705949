package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A parameter of a method or constructor.
 *
 * @param name in source
 * @param type as declared, without annotations
 * @param annotatedType as declared
 * @param annotations carried over
 */
public record Parameter(
    String name, TypeName type, TypeName annotatedType, List<AnnotationSpec> annotations) {}
