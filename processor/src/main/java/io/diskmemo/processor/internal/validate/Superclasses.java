package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The classes that a class is made of. */
final class Superclasses {
  private Superclasses() {}

  /**
   * The class and its superclasses, without {@link Object}.
   *
   * @throws UnresolvedTypeException if one does not exist yet
   * @throws Mistake if one is of the platform, whose fields a compiler cannot see
   */
  static List<TypeElement> of(TypeElement type) {
    List<TypeElement> classes = new ArrayList<>();
    TypeElement next = type;
    while (!next.getQualifiedName().contentEquals("java.lang.Object")) {
      requireVisibleFields(type, next);
      classes.add(next);
      next = superclassOf(next);
    }
    return classes;
  }

  private static TypeElement superclassOf(TypeElement type) {
    TypeMirror superclass = type.getSuperclass();
    if (superclass.getKind() == TypeKind.ERROR) {
      throw new UnresolvedTypeException();
    }
    return (TypeElement) ((DeclaredType) superclass).asElement();
  }

  private static void requireVisibleFields(TypeElement type, TypeElement superclass) {
    String name = superclass.getQualifiedName().toString();
    if (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.")) {
      throw new Mistake(
          MistakeId.SUPERCLASS,
          "%s extends %s, whose fields cannot be seen, so it is not known what results depend on;"
              + " move the method into a class that does not extend it",
          type.getSimpleName(),
          name);
    }
  }
}
