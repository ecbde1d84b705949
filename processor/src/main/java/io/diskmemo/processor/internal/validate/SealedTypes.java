package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a value of a sealed interface can be. */
final class SealedTypes {
  private final Tools tools;

  SealedTypes(Tools tools) {
    this.tools = tools;
  }

  static boolean isSealed(TypeElement type) {
    return type.getKind() == ElementKind.INTERFACE && type.getModifiers().contains(Modifier.SEALED);
  }

  /** The types below it that are not sealed interfaces themselves, each once. */
  List<DeclaredType> leavesOf(DeclaredType type) {
    List<DeclaredType> leaves = new ArrayList<>();
    collect(type, leaves);
    return leaves;
  }

  private void collect(DeclaredType type, List<DeclaredType> leaves) {
    for (TypeMirror permitted : ((TypeElement) type.asElement()).getPermittedSubclasses()) {
      if (permitted.getKind() == TypeKind.ERROR) {
        throw new UnresolvedTypeException();
      }
      TypeElement subtype = (TypeElement) ((DeclaredType) permitted).asElement();
      parameterized(subtype, type).ifPresent(found -> {
        if (isSealed(subtype)) {
          collect(found, leaves);
        } else if (leaves.stream().noneMatch(leaf -> tools.types().isSameType(leaf, found))) {
          leaves.add(found);
        }
      });
    }
  }

  /**
   * A permitted type with the type arguments that make it one of the sealed type: {@code
   * Leaf<String>} for {@code Tree<String>}. Empty if there are none, because it is one of another
   * type, such as {@code Tree<Integer>}.
   */
  private Optional<DeclaredType> parameterized(TypeElement subtype, DeclaredType sealedType) {
    Map<String, TypeMirror> arguments = new HashMap<>();
    List<? extends TypeMirror> wanted = sealedType.getTypeArguments();
    List<? extends TypeMirror> given = argumentsFor(subtype, sealedType);
    for (int i = 0; i < wanted.size(); i++) {
      if (given.get(i).getKind() == TypeKind.TYPEVAR) {
        arguments.put(given.get(i).toString(), wanted.get(i));
      } else if (!tools.types().isSameType(given.get(i), wanted.get(i))) {
        return Optional.empty();
      }
    }
    TypeMirror[] inOrder = subtype.getTypeParameters().stream()
        .map(variable -> argument(subtype, variable, arguments))
        .toArray(TypeMirror[]::new);
    return Optional.of(tools.types().getDeclaredType(subtype, inOrder));
  }

  /** The type arguments with which a type implements the sealed type. */
  private List<? extends TypeMirror> argumentsFor(TypeElement subtype, DeclaredType sealedType) {
    return subtype.getInterfaces().stream()
        .map(DeclaredType.class::cast)
        .filter(candidate -> candidate.asElement().equals(sealedType.asElement()))
        .findFirst()
        .orElseThrow(UnresolvedTypeException::new)
        .getTypeArguments();
  }

  private static TypeMirror argument(
      TypeElement subtype, TypeParameterElement variable, Map<String, TypeMirror> arguments) {
    TypeMirror argument = arguments.get(variable.toString());
    if (argument == null) {
      throw new Mistake(
          MistakeId.TYPE_VARIABLE,
          "%s has the type variable %s, of which the sealed interface says nothing, so the shape of"
              + " its values is not known at compile time; write the type out",
          subtype.getSimpleName(),
          variable);
    }
    return argument;
  }
}
