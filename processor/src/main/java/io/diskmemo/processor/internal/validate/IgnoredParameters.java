package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Leaf;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Parameters with {@code @KeyIgnore}, of which no shape is read. */
final class IgnoredParameters {
  private final Signatures signatures;

  IgnoredParameters(Signatures signatures) {
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

  private static boolean isValue(TypeMirror type) {
    return Leaf.of(TypeName.get(type)).filter(Leaf::isValue).isPresent()
        || (type instanceof DeclaredType declared
            && declared.asElement().getKind() == ElementKind.ENUM);
  }
}
