package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Encoders and codecs that users name: what they are for, and whether a wrapper can make one. */
final class UserClasses {
  private final Tools tools;
  private final Surroundings surroundings;
  private final MistakeId id;
  private final String role;
  private final String implemented;

  private UserClasses(
      Tools tools, Surroundings surroundings, MistakeId id, String role, String implemented) {
    this.tools = tools;
    this.surroundings = surroundings;
    this.id = id;
    this.role = role;
    this.implemented = implemented;
  }

  static UserClasses encoders(Tools tools, Surroundings surroundings) {
    return new UserClasses(
        tools, surroundings, MistakeId.BAD_ENCODER, "encoder", "io.diskmemo.key.KeyEncoder");
  }

  static UserClasses codecs(Tools tools, Surroundings surroundings) {
    return new UserClasses(
        tools, surroundings, MistakeId.BAD_CODEC, "codec", "io.diskmemo.codec.Codec");
  }

  /**
   * The class that an annotation names, for values of a type.
   *
   * @throws Mistake if it is not for that type, or if the wrapper cannot make one
   */
  ClassName named(AnnotationMirror annotation, TypeMirror type, boolean isRead) {
    if (!(Annotations.value(tools, annotation, "value") instanceof DeclaredType named)) {
      throw new UnresolvedTypeException();
    }
    surroundings.mention(named);
    TypeElement element = (TypeElement) named.asElement();
    requireFor(element, type, isRead);
    requireMakeable(element);
    return ClassName.get(element);
  }

  private void requireFor(TypeElement element, TypeMirror type, boolean isRead) {
    TypeMirror boxed = type.getKind().isPrimitive()
        ? tools.types().boxedClass((PrimitiveType) type).asType()
        : type;
    TypeMirror argument = argumentOf(tools, element, implemented)
        .orElseThrow(() -> new Mistake(
            id,
            "%s is no %s, so it cannot be the %s; let it implement %s<%s>",
            element.getSimpleName(),
            simpleName(implemented),
            role,
            simpleName(implemented),
            TypeName.get(boxed)));
    boolean fits = isRead
        ? tools.types().isSameType(boxed, argument)
        : tools.types().isSubtype(boxed, argument);
    if (!fits) {
      throw new Mistake(
          id,
          "%s is a %s of %s, not of %s; name one of that type",
          element.getSimpleName(),
          simpleName(implemented),
          TypeName.get(argument),
          TypeName.get(boxed));
    }
  }

  private void requireMakeable(TypeElement element) {
    boolean isClass =
        element.getKind() == ElementKind.CLASS || element.getKind() == ElementKind.RECORD;
    boolean hasConstructor = ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
        .anyMatch(constructor ->
            constructor.getParameters().isEmpty() && surroundings.seesByModifiers(constructor));
    boolean isInner =
        element.getNestingKind().isNested() && !element.getModifiers().contains(Modifier.STATIC);
    if (!isClass
        || element.getModifiers().contains(Modifier.ABSTRACT)
        || isInner
        || !hasConstructor
        || !element.getTypeParameters().isEmpty()) {
      throw new Mistake(
          id,
          "the wrapper cannot make the %s %s; make it a static or top-level class without type"
              + " parameters, with a constructor without parameters that is not private",
          role,
          element.getSimpleName());
    }
  }

  /** The type argument with which a class implements an interface of the runtime. */
  static Optional<TypeMirror> argumentOf(Tools tools, TypeElement element, String implemented) {
    return supertype(tools, element.asType(), implemented)
        .map(found ->
            found.getTypeArguments().isEmpty() ? null : found.getTypeArguments().get(0));
  }

  private static Optional<DeclaredType> supertype(Tools tools, TypeMirror type, String wanted) {
    if (type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(wanted)) {
      return Optional.of(declared);
    }
    List<? extends TypeMirror> supertypes = tools.types().directSupertypes(type);
    return supertypes.stream()
        .flatMap(supertype -> supertype(tools, supertype, wanted).stream())
        .findFirst();
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
