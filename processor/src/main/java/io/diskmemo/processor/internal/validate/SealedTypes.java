package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
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
    DeclaredType declared = subtype.getInterfaces().stream()
        .map(DeclaredType.class::cast)
        .filter(candidate -> candidate.asElement().equals(sealedType.asElement()))
        .findFirst()
        .orElseThrow(UnresolvedTypeException::new);
    if (declared.getTypeArguments().size() != sealedType.getTypeArguments().size()) {
      throw new Mistake(
          MistakeId.TYPE_VARIABLE,
          "%1$s is a %2$s without type arguments, so that it is not known at compile time of which"
              + " %2$s it is one; give %2$s its type arguments in the declaration of %1$s",
          subtype.getSimpleName(),
          sealedType.asElement().getSimpleName());
    }
    Mentions.in(declared); // waits for those that do not exist yet
    return SubtypeArguments.find(tools, subtype, declared, sealedType);
  }
}
