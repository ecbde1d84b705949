package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;

/**
 * The methods that an implementation of an interface has, its own first, then inherited ones. One
 * implementation serves all methods of one signature, however they were inherited.
 */
final class InterfaceMethods {
  private final Tools tools;
  private final TypeElement type;
  private final List<ExecutableElement> declared = new ArrayList<>();

  InterfaceMethods(Tools tools, TypeElement type) {
    this.tools = tools;
    this.type = type;
  }

  /** Each method once; of several that one implementation serves, the one that it is written for. */
  List<ExecutableElement> all() {
    List<ExecutableElement> methods = new ArrayList<>();
    for (ExecutableElement method : declared()) {
      if (!isOfObject(method)) {
        add(methods, method);
      }
    }
    return methods;
  }

  /**
   * All but annotated ones, and those that their implementations serve.
   *
   * @throws Mistake if an implementation cannot be written for the annotated method alone
   */
  List<ExecutableElement> without(Set<ExecutableElement> annotated) {
    declared().stream()
        .filter(annotated::contains)
        .forEach(method -> requireAlone(method, annotated));
    return all().stream()
        .filter(method -> annotated.stream().noneMatch(other -> isSame(method, other)))
        .toList();
  }

  private void requireAlone(ExecutableElement method, Set<ExecutableElement> annotated) {
    for (ExecutableElement other : servedWith(method)) {
      if (!other.equals(method) && (annotated.contains(other) || goesBefore(other, method))) {
        throw new Mistake(
            MistakeId.DUPLICATE,
            "%1$s inherits %2$s from %3$s and from %4$s, so that what %3$s says of it is not all that"
                + " counts; declare %2$s in %1$s and annotate it there",
            type.getSimpleName(),
            method.getSimpleName(),
            Tools.enclosing(method).getSimpleName(),
            Tools.enclosing(other).getSimpleName());
      }
    }
  }

  /** The method, and all others that its implementation serves. */
  List<ExecutableElement> servedWith(ExecutableElement method) {
    Stream<ExecutableElement> others =
        declared().stream().filter(other -> !other.equals(method) && isSame(other, method));
    return Stream.concat(Stream.of(method), others).toList();
  }

  /**
   * What the implementation of a method may throw: unchecked exceptions as the method has them, and
   * the checked ones that all methods which it serves allow.
   */
  List<TypeMirror> thrownBy(ExecutableElement method) {
    List<? extends TypeVariable> variables = memberType(method).getTypeVariables();
    List<List<TypeMirror>> limits =
        servedWith(method).stream().map(served -> thrown(served, variables)).toList();
    List<TypeMirror> thrown = new ArrayList<>(limits.get(0));
    thrown.removeIf(type -> !tools.isUnchecked(type) && !isAllowed(type, limits));
    limits.stream()
        .flatMap(List::stream)
        .filter(type -> !tools.isUnchecked(type) && isAllowed(type, limits))
        .filter(type -> !isAllowed(type, List.of(thrown)))
        .forEach(thrown::add);
    return thrown;
  }

  private boolean isAllowed(TypeMirror thrown, List<List<TypeMirror>> limits) {
    return limits.stream()
        .allMatch(limit -> limit.stream().anyMatch(t -> tools.types().isSubtype(thrown, t)));
  }

  /** What a method throws, in the type variables of another one of its signature. */
  private List<TypeMirror> thrown(
      ExecutableElement method, List<? extends TypeVariable> variables) {
    List<TypeMirror> thrown = new ArrayList<>();
    for (TypeMirror type : memberType(method).getThrownTypes()) {
      int index = type instanceof TypeVariable variable
          ? method.getTypeParameters().indexOf(variable.asElement())
          : -1;
      thrown.add(index >= 0 && index < variables.size() ? variables.get(index) : type);
    }
    return thrown;
  }

  private List<ExecutableElement> declared() {
    if (declared.isEmpty()) {
      for (TypeElement declaring : hierarchy()) {
        ElementFilter.methodsIn(declaring.getEnclosedElements()).stream()
            .filter(InterfaceMethods::isInstanceMethod)
            .forEach(declared::add);
      }
    }
    return declared;
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
        if (goesBefore(method, methods.get(i))) {
          methods.set(i, method);
        }
        return;
      }
    }
    methods.add(method);
  }

  /** Whether one implementation serves both. */
  private boolean isSame(ExecutableElement one, ExecutableElement other) {
    return one.getSimpleName().equals(other.getSimpleName())
        && (tools.types().isSubsignature(memberType(one), memberType(other))
            || tools.types().isSubsignature(memberType(other), memberType(one)));
  }

  /** Whether of two methods that one implementation serves, it can only be written for the first. */
  private boolean goesBefore(ExecutableElement one, ExecutableElement other) {
    return tools.elements().overrides(one, other, type)
        || (!tools.elements().overrides(other, one, type) && hasBetterResult(one, other));
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
