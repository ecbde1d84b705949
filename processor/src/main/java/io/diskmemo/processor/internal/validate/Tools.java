package io.diskmemo.processor.internal.validate;

import java.util.Objects;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The compiler's services.
 *
 * @param elements on elements
 * @param types on types
 * @param sources on what was written
 * @param encoders that are registered
 * @param kinds that have settings
 */
record Tools(
    Elements elements,
    Types types,
    SourceTrees sources,
    RegisteredEncoders encoders,
    DeclaredKinds kinds) {

  static Tools of(ProcessingEnvironment environment) {
    return new Tools(
        environment.getElementUtils(),
        environment.getTypeUtils(),
        SourceTrees.of(environment),
        new RegisteredEncoders(environment.getFiler()),
        new DeclaredKinds(environment.getFiler()));
  }

  /** Whether a type is one or a subtype of a class or interface of the platform. */
  boolean isKindOf(TypeMirror type, String platformType) {
    TypeElement element = elements.getTypeElement(platformType);
    return element != null && types.isSubtype(types.erasure(type), types.erasure(element.asType()));
  }

  /** What an element is in, which everything but a package is. */
  static Element enclosing(Element element) {
    return Objects.requireNonNull(element.getEnclosingElement());
  }

  /** The top-level type that a type is in, or is. */
  static TypeElement outermost(TypeElement type) {
    TypeElement outermost = type;
    while (enclosing(outermost) instanceof TypeElement around) {
      outermost = around;
    }
    return outermost;
  }

  /** Whether a type is {@link Object}, of which nothing is known. */
  boolean isObject(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals("java.lang.Object");
  }

  /** Whether a method may throw the type without declaring it. */
  boolean isUnchecked(TypeMirror thrown) {
    return isKindOf(thrown, "java.lang.RuntimeException") || isKindOf(thrown, "java.lang.Error");
  }

  /** Whether a class is among those that the module of a type reads. */
  boolean sees(TypeElement type, String className) {
    ModuleElement module = elements.getModuleOf(type);
    return module == null
        ? elements.getTypeElement(className) != null
        : elements.getTypeElement(module, className) != null;
  }
}
