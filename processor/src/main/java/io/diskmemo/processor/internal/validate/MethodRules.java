package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Wrapper;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a method must be like for a wrapper to stand in for it. */
final class MethodRules {
  private MethodRules() {}

  /**
   * Checks one method.
   *
   * @throws Mistake if a rule is broken; the first one
   */
  static void check(ExecutableElement method, Wrapper.Form form) {
    checkModifiers(method, form);
    checkResult(method);
  }

  /**
   * Checks one method, whatever it returns.
   *
   * @throws Mistake if a rule is broken; the first one
   */
  static void checkModifiers(ExecutableElement method, Wrapper.Form form) {
    Name name = method.getSimpleName();
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.PRIVATE)) {
      throw new Mistake(
          MistakeId.PRIVATE_METHOD,
          "%s is private, so the wrapper cannot %s it; make it package-private",
          name,
          isOverridden(form) ? "override" : "call");
    }
    if (modifiers.contains(Modifier.STATIC) && isOverridden(form)) {
      throw new Mistake(
          MistakeId.STATIC_METHOD,
          "%s is static, so the wrapper cannot override it as it does the annotated instance methods"
              + " of %s; make it an instance method, or move it to a class of its own",
          name,
          Tools.enclosing(method).getSimpleName());
    }
    if (modifiers.contains(Modifier.FINAL) && isOverridden(form)) {
      throw new Mistake(
          MistakeId.FINAL_METHOD,
          "%s is final, so the wrapper cannot override it; take final from it",
          name);
    }
    if (modifiers.contains(Modifier.NATIVE)) {
      throw new Mistake(
          MistakeId.NATIVE_METHOD,
          "%s is native, so its code may do anything; annotate a method that calls it",
          name);
    }
    if (modifiers.contains(Modifier.ABSTRACT) && form == Wrapper.Form.SUBCLASS) {
      throw new Mistake(
          MistakeId.ABSTRACT_METHOD,
          "%s is abstract, so there is nothing to compute; annotate the methods that implement it,"
              + " or move it to an interface",
          name);
    }
  }

  private static void checkResult(ExecutableElement method) {
    TypeMirror result = method.getReturnType();
    if (result.getKind() == TypeKind.VOID || isBoxedVoid(result)) {
      throw new Mistake(
          MistakeId.VOID,
          "%s returns %s, so there is nothing to store; return a value or remove @DiskMemoize",
          method.getSimpleName(),
          result.getKind() == TypeKind.VOID ? "void" : "Void");
    }
  }

  private static boolean isBoxedVoid(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).asElement().toString().equals("java.lang.Void");
  }

  private static boolean isOverridden(Wrapper.Form form) {
    return form == Wrapper.Form.SUBCLASS || form == Wrapper.Form.DELEGATING;
  }
}
