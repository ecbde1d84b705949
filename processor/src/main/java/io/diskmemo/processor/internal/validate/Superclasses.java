package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** The classes that a class is made of. */
final class Superclasses {
  /** What classes, records and enums have at the top. */
  private static final Set<String> ROOTS =
      Set.of("java.lang.Object", "java.lang.Record", "java.lang.Enum");

  private Superclasses() {}

  /**
   * The class and its superclasses, without {@link Object}, {@link Record} and {@link Enum}.
   *
   * @throws UnresolvedTypeException if one does not exist yet
   * @throws Mistake if one is of the platform, whose fields a compiler cannot see
   */
  static List<DeclaredType> of(Tools tools, TypeElement type) {
    List<DeclaredType> classes = new ArrayList<>();
    DeclaredType next = (DeclaredType) type.asType();
    while (!ROOTS.contains(nameOf(next))) {
      requireVisibleFields(type, nameOf(next));
      classes.add(next);
      next = superclassOf(tools, next);
    }
    return classes;
  }

  private static String nameOf(DeclaredType type) {
    return ((TypeElement) type.asElement()).getQualifiedName().toString();
  }

  /** With the type arguments that the subclass gives it. */
  private static DeclaredType superclassOf(Tools tools, DeclaredType type) {
    if (((TypeElement) type.asElement()).getSuperclass().getKind() == TypeKind.ERROR) {
      throw new UnresolvedTypeException();
    }
    return (DeclaredType) tools.types().directSupertypes(type).get(0);
  }

  private static void requireVisibleFields(TypeElement type, String superclass) {
    if (superclass.startsWith("java.")
        || superclass.startsWith("javax.")
        || superclass.startsWith("jdk.")) {
      throw new Mistake(
          MistakeId.SUPERCLASS,
          "%s extends %s, whose fields cannot be seen, so it is not known what results depend on;"
              + " move the method into a class that does not extend it",
          type.getSimpleName(),
          superclass);
    }
  }
}
