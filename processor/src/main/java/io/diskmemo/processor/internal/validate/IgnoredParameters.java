package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Leaf;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** Parameters with {@code @KeyIgnore}, of which no shape is read. */
final class IgnoredParameters {
  private final Tools tools;
  private final Signatures signatures;

  IgnoredParameters(Tools tools, Signatures signatures) {
    this.tools = tools;
    this.signatures = signatures;
  }

  /**
   * Whether one of them is more than a simple value or an enum constant. It may be closed, or belong to
   * the caller's thread.
   */
  boolean areObjects(ExecutableElement method) {
    List<? extends TypeMirror> types = signatures.typeOf(method).getParameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (Annotations.has(method.getParameters().get(i), Annotations.KEY_IGNORE)
          && !isValue(types.get(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Erasures of those whose type is a type variable of the method, or an array of one, by index. The
   * name of the variable does not tell overloads apart.
   */
  SortedMap<Integer, TypeName> variables(ExecutableElement method) {
    List<? extends TypeMirror> types = signatures.typeOf(method).getParameterTypes();
    SortedMap<Integer, TypeName> variables = new TreeMap<>();
    for (int i = 0; i < types.size(); i++) {
      if (Annotations.has(method.getParameters().get(i), Annotations.KEY_IGNORE)
          && isVariable(types.get(i), method)) {
        variables.put(i, TypeName.get(tools.types().erasure(types.get(i))));
      }
    }
    return Collections.unmodifiableSortedMap(variables);
  }

  private static boolean isVariable(TypeMirror type, ExecutableElement method) {
    if (type instanceof ArrayType array) {
      return isVariable(array.getComponentType(), method);
    }
    return type instanceof TypeVariable variable
        && method.getTypeParameters().contains(variable.asElement());
  }

  private static boolean isValue(TypeMirror type) {
    return Leaf.of(TypeName.get(type)).filter(Leaf::isValue).isPresent()
        || (type instanceof DeclaredType declared
            && declared.asElement().getKind() == ElementKind.ENUM);
  }
}
