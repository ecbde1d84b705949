package io.diskmemo.processor.internal.validate;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The place where a wrapper will stand: what it can see, and what it is warned of. */
final class Surroundings {
  private final Tools tools;
  private final PackageElement home;
  private final boolean isSubclass;
  private final SortedSet<String> suppressions = new TreeSet<>();
  private final SortedSet<String> unqualifiedNames = new TreeSet<>();

  Surroundings(Tools tools, TypeElement wrapped, boolean isSubclass) {
    this.tools = tools;
    this.isSubclass = isSubclass;
    this.home = tools.elements().getPackageOf(wrapped);
  }

  /** Lint categories that the code mentioned so far falls into, in alphabetical order. */
  Set<String> suppressions() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(suppressions));
  }

  /** Names of the classes mentioned so far that have no package to qualify them with. */
  Set<String> unqualifiedNames() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(unqualifiedNames));
  }

  void suppress(String category) {
    suppressions.add(category);
  }

  /**
   * Notes that generated code mentions a type.
   *
   * @throws UnresolvedTypeException if it does not exist yet
   * @throws Mistake if the wrapper cannot see it
   */
  void mention(TypeMirror type) {
    for (DeclaredType mentioned : Mentions.in(type)) {
      mention((TypeElement) mentioned.asElement());
      if (isRaw(mentioned)) {
        suppress("rawtypes");
      }
    }
  }

  private void mention(TypeElement type) {
    if (!sees(type)) {
      throw new Mistake(
          MistakeId.NOT_ACCESSIBLE,
          "%s is not accessible from package %s, where the wrapper is; make it public%s",
          type.getQualifiedName(),
          home.getQualifiedName(),
          tools.elements().getPackageOf(type).equals(home) ? " or package-private" : "");
    }
    note(type);
  }

  /** Notes that generated code mentions a type that is known to be seen. */
  void note(TypeElement type) {
    for (Element named = type; named instanceof TypeElement; named = named.getEnclosingElement()) {
      use(named);
    }
    Element outermost = Tools.outermost(type);
    if (tools.elements().getPackageOf(outermost).isUnnamed()) {
      unqualifiedNames.add(outermost.getSimpleName().toString());
    }
  }

  /** Notes that generated code uses an element, which may be deprecated. */
  void use(Element element) {
    if (tools.elements().isDeprecated(element)) {
      suppress("deprecation");
      suppress("removal");
    }
  }

  /** Notes a parameter that takes any number of arguments. */
  void mentionVarargs(TypeMirror array) {
    if (!isReifiable(((ArrayType) array).getComponentType())) {
      suppress("unchecked");
      suppress("varargs");
    }
  }

  /** Whether code in the wrapper's package may name the type. */
  boolean sees(TypeElement type) {
    for (Element element = type;
        element instanceof TypeElement;
        element = element.getEnclosingElement()) {
      if (!seesByModifiers(element)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the wrapper may use a field or method of the wrapped type. */
  boolean inherits(Element member) {
    return seesByModifiers(member)
        || (isSubclass && member.getModifiers().contains(Modifier.PROTECTED));
  }

  /** Whether code in the wrapper's package may use a field or method of a type that it sees. */
  boolean seesByModifiers(Element member) {
    Set<Modifier> modifiers = member.getModifiers();
    return modifiers.contains(Modifier.PUBLIC)
        || (!modifiers.contains(Modifier.PRIVATE)
            && tools.elements().getPackageOf(member).equals(home));
  }

  private boolean isRaw(DeclaredType type) {
    return type.getTypeArguments().isEmpty()
        && !((TypeElement) type.asElement()).getTypeParameters().isEmpty();
  }

  private boolean isReifiable(TypeMirror type) {
    if (type.getKind() == TypeKind.ARRAY) {
      return isReifiable(((ArrayType) type).getComponentType());
    }
    if (type.getKind() == TypeKind.DECLARED) {
      List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
      return arguments.stream().allMatch(a -> a.getKind() == TypeKind.WILDCARD);
    }
    return type.getKind() != TypeKind.TYPEVAR;
  }
}
