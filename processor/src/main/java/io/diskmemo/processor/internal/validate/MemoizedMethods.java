package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Wrapper;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The annotated methods of a type, those that it inherits among them. */
final class MemoizedMethods {
  private final Tools tools;
  private final TypeElement type;

  MemoizedMethods(Tools tools, TypeElement type) {
    this.tools = tools;
    this.type = type;
  }

  /** Its own in the order of the source, then inherited ones that it does not override. */
  Set<ExecutableElement> all() {
    return annotated(MemoizedMethods::isMemoized);
  }

  /** Those that are only called through a gate, in the same order. */
  Set<ExecutableElement> gated() {
    return annotated(method -> Annotations.areOn(method) && !isMemoized(method));
  }

  /** All with which a wrapper does something. */
  Set<ExecutableElement> annotated() {
    return annotated(Annotations::areOn);
  }

  private Set<ExecutableElement> annotated(Predicate<ExecutableElement> filter) {
    Set<ExecutableElement> methods = new LinkedHashSet<>();
    ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(filter)
        .forEach(methods::add);
    ElementFilter.methodsIn(tools.elements().getAllMembers(type)).stream()
        .filter(filter)
        .filter(this::isInherited)
        .forEach(methods::add);
    return methods;
  }

  private static boolean isMemoized(ExecutableElement method) {
    return Annotations.has(method, Annotations.DISK_MEMOIZE);
  }

  private boolean isInherited(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    boolean isComputed =
        type.getKind() == ElementKind.INTERFACE || !modifiers.contains(Modifier.ABSTRACT);
    return isComputed
        && !modifiers.contains(Modifier.PRIVATE)
        && !modifiers.contains(Modifier.STATIC)
        && (isExtensible() || isCalledFromHome(method))
        && !isOverridden(method);
  }

  /** Who has an instance of a final class cannot call what is protected in another package. */
  private boolean isCalledFromHome(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.PUBLIC)
        || tools.elements().getPackageOf(method).equals(tools.elements().getPackageOf(type));
  }

  private boolean isExtensible() {
    return type.getKind() == ElementKind.INTERFACE
        || (type.getKind() == ElementKind.CLASS && !type.getModifiers().contains(Modifier.FINAL));
  }

  /** A superclass may override a method of an interface that it does not implement itself. */
  private boolean isOverridden(ExecutableElement method) {
    return ElementFilter.methodsIn(tools.elements().getAllMembers(type)).stream()
        .anyMatch(
            other -> !other.equals(method) && tools.elements().overrides(other, method, type));
  }

  /** How a wrapper can get at them. */
  Wrapper.Form form() {
    boolean areStatic =
        annotated().stream().allMatch(method -> method.getModifiers().contains(Modifier.STATIC));
    if (areStatic) {
      return Wrapper.Form.STATIC;
    }
    if (type.getKind() == ElementKind.INTERFACE) {
      return Wrapper.Form.DELEGATING;
    }
    return isExtensible() ? Wrapper.Form.SUBCLASS : Wrapper.Form.AROUND;
  }
}
