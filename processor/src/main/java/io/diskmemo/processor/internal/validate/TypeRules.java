package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Wrapper;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** What a class or interface must be like for a wrapper to extend or implement it. */
final class TypeRules {
  private final Tools tools;

  TypeRules(Tools tools) {
    this.tools = tools;
  }

  /**
   * Checks a type.
   *
   * @throws Mistake if a rule is broken; the first one
   */
  void check(TypeElement type, Wrapper.Form form) {
    if (type.getKind() == ElementKind.ANNOTATION_TYPE) {
      throw new Mistake(
          MistakeId.FINAL_CLASS,
          "%s is an annotation, so the wrapper cannot implement it; put the method into an interface",
          type.getSimpleName());
    }
    if (type.getModifiers().contains(Modifier.SEALED)
        && type.getKind() != ElementKind.ENUM
        && form != Wrapper.Form.STATIC) {
      throw sealed(type);
    }
    checkNesting(type);
    if (form == Wrapper.Form.SUBCLASS) {
      checkComplete(type);
    }
  }

  private static Mistake sealed(TypeElement type) {
    List<String> permitted = type.getPermittedSubclasses().stream()
        .filter(DeclaredType.class::isInstance)
        .map(subclass -> ((DeclaredType) subclass).asElement().getSimpleName().toString())
        .toList();
    return new Mistake(
        MistakeId.FINAL_CLASS,
        "%s is sealed and permits only %s, so the wrapper cannot extend it; annotate the method in"
            + " %s%s instead, or put it into a class or interface that is not sealed",
        type.getSimpleName(),
        String.join(", ", permitted),
        permitted.size() > 1 ? "each of " : "",
        String.join(", ", permitted));
  }

  private static void checkNesting(TypeElement type) {
    if (type.getNestingKind().isNested()
        && (type.getNestingKind() != NestingKind.MEMBER
            || !type.getModifiers().contains(Modifier.STATIC))) {
      throw new Mistake(
          MistakeId.INNER_CLASS,
          "%s is an inner class, whose instances a wrapper cannot make; make it static or"
              + " top-level",
          type.getSimpleName());
    }
    for (Element element = type;
        element instanceof TypeElement;
        element = element.getEnclosingElement()) {
      if (element.getModifiers().contains(Modifier.PRIVATE)) {
        throw new Mistake(
            MistakeId.NOT_ACCESSIBLE,
            "%s is private, so the wrapper cannot see it; make it package-private",
            element.getSimpleName());
      }
    }
  }

  private void checkComplete(TypeElement type) {
    List<ExecutableElement> methods = ElementFilter.methodsIn(tools.elements().getAllMembers(type));
    for (ExecutableElement method : methods) {
      if (isUnimplemented(method, methods, type) && !isAnnotatedIn(type, method)) {
        Name name = method.getSimpleName();
        throw new Mistake(
            MistakeId.ABSTRACT_CLASS,
            "%s leaves %s abstract, so the wrapper cannot be made; implement it, or move the"
                + " annotated methods to an interface",
            type.getSimpleName(),
            name);
      }
    }
  }

  private boolean isUnimplemented(
      ExecutableElement method, List<ExecutableElement> methods, TypeElement type) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && methods.stream()
            .noneMatch(other -> !other.getModifiers().contains(Modifier.ABSTRACT)
                && tools.elements().overrides(other, method, type));
  }

  /** A mistake that is reported at the method. */
  private static boolean isAnnotatedIn(TypeElement type, ExecutableElement method) {
    return Tools.enclosing(method).equals(type) && Annotations.areOn(method);
  }
}
