package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The methods that an implementation of an interface has, its own first, then inherited ones. */
final class InterfaceMethods {
  private final Tools tools;
  private final TypeElement type;

  InterfaceMethods(Tools tools, TypeElement type) {
    this.tools = tools;
    this.type = type;
  }

  /** Each method once; of several that one implementation serves, the one with the best result. */
  List<ExecutableElement> all() {
    List<ExecutableElement> methods = new ArrayList<>();
    for (TypeElement declaring : hierarchy()) {
      for (ExecutableElement method : ElementFilter.methodsIn(declaring.getEnclosedElements())) {
        if (isInstanceMethod(method) && !isOfObject(method)) {
          add(methods, method);
        }
      }
    }
    return methods;
  }

  private Set<TypeElement> hierarchy() {
    Set<TypeElement> hierarchy = new LinkedHashSet<>();
    collect(type, hierarchy);
    return hierarchy;
  }

  private static void collect(TypeElement type, Set<TypeElement> hierarchy) {
    if (hierarchy.add(type)) {
      for (TypeMirror superinterface : type.getInterfaces()) {
        if (superinterface.getKind() == TypeKind.ERROR) {
          throw new UnresolvedTypeException();
        }
        collect((TypeElement) ((DeclaredType) superinterface).asElement(), hierarchy);
      }
    }
  }

  private static boolean isInstanceMethod(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.STATIC)
        && !method.getModifiers().contains(Modifier.PRIVATE);
  }

  /** Whether {@link Object} implements the method already. */
  private boolean isOfObject(ExecutableElement method) {
    TypeElement object = tools.elements().getTypeElement("java.lang.Object");
    return ElementFilter.methodsIn(object.getEnclosedElements()).stream()
        .filter(other -> other.getModifiers().contains(Modifier.PUBLIC))
        .anyMatch(other -> other.getSimpleName().equals(method.getSimpleName())
            && tools.types().isSubsignature((ExecutableType) method.asType(), (ExecutableType)
                other.asType()));
  }

  private void add(List<ExecutableElement> methods, ExecutableElement method) {
    for (int i = 0; i < methods.size(); i++) {
      if (isSame(methods.get(i), method)) {
        if (hasBetterResult(method, methods.get(i))) {
          methods.set(i, method);
        }
        return;
      }
    }
    methods.add(method);
  }

  private boolean isSame(ExecutableElement one, ExecutableElement other) {
    return one.getSimpleName().equals(other.getSimpleName())
        && (tools.types().isSubsignature(memberType(one), memberType(other))
            || tools.types().isSubsignature(memberType(other), memberType(one)));
  }

  private boolean hasBetterResult(ExecutableElement one, ExecutableElement other) {
    TypeMirror result = memberType(one).getReturnType();
    TypeMirror otherResult = memberType(other).getReturnType();
    return !result.getKind().isPrimitive()
        && result.getKind() != TypeKind.VOID
        && !tools.types().isSameType(result, otherResult)
        && tools.types().isSubtype(result, otherResult);
  }

  private ExecutableType memberType(ExecutableElement method) {
    return (ExecutableType) tools.types().asMemberOf((DeclaredType) type.asType(), method);
  }
}
