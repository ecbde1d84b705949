package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * What a generated method or constructor repeats of the original.
 *
 * @param name of the method
 * @param access its access modifier, or none
 * @param annotations carried over
 * @param annotationsWithMemo carried over to the constructor that takes a {@code DiskMemo}
 * @param typeVariables its own
 * @param returns result type; void for a constructor
 * @param annotatedReturns the same with its annotations
 * @param parameters in order
 * @param isStatic whether it belongs to the class
 * @param isVarargs whether the last parameter takes any number of arguments
 * @param thrown what it declares to throw
 */
public record Signature(
    String name,
    Set<Modifier> access,
    List<AnnotationSpec> annotations,
    List<AnnotationSpec> annotationsWithMemo,
    List<TypeVariableName> typeVariables,
    TypeName returns,
    TypeName annotatedReturns,
    List<Parameter> parameters,
    boolean isStatic,
    boolean isVarargs,
    List<TypeName> thrown) {

  /**
   * Whether its callers are not warned of arrays of generic types.
   *
   * @return true if it has {@code @SafeVarargs}, which only final methods may have
   */
  public boolean hasSafeVarargs() {
    return annotations.stream()
        .anyMatch(annotation -> annotation.type().equals(ClassName.get(SafeVarargs.class)));
  }
}
