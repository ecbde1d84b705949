package io.diskmemo.processor.internal.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type arguments with which a generic type is a subtype of another: {@code Leaf<String>} of
 * {@code Tree<String>}, where {@code Leaf<V> implements Tree<V>}.
 */
final class SubtypeArguments {
  private final Tools tools;
  private final TypeElement subtype;
  private final Map<Element, TypeMirror> arguments = new HashMap<>();

  private SubtypeArguments(Tools tools, TypeElement subtype) {
    this.tools = tools;
    this.subtype = subtype;
  }

  /**
   * The type with its arguments; empty if it is never a subtype.
   *
   * @param declared how the type implements the other
   * @throws Mistake if the other says nothing of a type variable
   */
  static Optional<DeclaredType> find(
      Tools tools, TypeElement subtype, DeclaredType declared, DeclaredType wanted) {
    SubtypeArguments found = new SubtypeArguments(tools, subtype);
    return found.matches(declared, wanted) ? found.parameterized() : Optional.empty();
  }

  private Optional<DeclaredType> parameterized() {
    TypeMirror[] inOrder =
        subtype.getTypeParameters().stream().map(this::argument).toArray(TypeMirror[]::new);
    return subtype.getTypeParameters().stream().allMatch(this::isInBounds)
        ? Optional.of(tools.types().getDeclaredType(subtype, inOrder))
        : Optional.empty();
  }

  private TypeMirror argument(TypeParameterElement variable) {
    TypeMirror argument = arguments.get(variable);
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

  private boolean isInBounds(TypeParameterElement variable) {
    TypeMirror argument = argument(variable);
    return variable.getBounds().stream()
        .allMatch(bound -> tools.types().isSubtype(argument, withArguments(bound)));
  }

  private boolean matches(TypeMirror declared, TypeMirror wanted) {
    if (declared instanceof TypeVariable variable) {
      return takes(variable, wanted);
    }
    if (declared.getKind() != wanted.getKind()) {
      return false;
    }
    return switch (declared.getKind()) {
      case DECLARED -> matches((DeclaredType) declared, (DeclaredType) wanted);
      case ARRAY ->
        matches(((ArrayType) declared).getComponentType(), ((ArrayType) wanted).getComponentType());
      case WILDCARD -> matches((WildcardType) declared, (WildcardType) wanted);
      case NONE -> true;
      default -> tools.types().isSameType(declared, wanted);
    };
  }

  /** A variable is one type wherever it stands. */
  private boolean takes(TypeVariable variable, TypeMirror wanted) {
    if (wanted.getKind() == TypeKind.WILDCARD || wanted.getKind().isPrimitive()) {
      return false;
    }
    TypeMirror known = arguments.putIfAbsent(variable.asElement(), wanted);
    return known == null || tools.types().isSameType(known, wanted);
  }

  private boolean matches(DeclaredType declared, DeclaredType wanted) {
    int count = declared.getTypeArguments().size();
    if (!declared.asElement().equals(wanted.asElement())
        || count != wanted.getTypeArguments().size()
        || !matches(declared.getEnclosingType(), wanted.getEnclosingType())) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!matches(declared.getTypeArguments().get(i), wanted.getTypeArguments().get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(WildcardType declared, WildcardType wanted) {
    if (declared.getSuperBound() != null && wanted.getSuperBound() != null) {
      return matches(declared.getSuperBound(), wanted.getSuperBound());
    }
    return declared.getSuperBound() == null
        && wanted.getSuperBound() == null
        && matches(upperBound(declared), upperBound(wanted));
  }

  private TypeMirror upperBound(WildcardType wildcard) {
    TypeMirror bound = wildcard.getExtendsBound();
    return bound == null ? tools.elements().getTypeElement("java.lang.Object").asType() : bound;
  }

  /** A type with the arguments in the place of the variables. */
  private TypeMirror withArguments(TypeMirror type) {
    return switch (type.getKind()) {
      case TYPEVAR -> arguments.getOrDefault(((TypeVariable) type).asElement(), type);
      case ARRAY ->
        tools.types().getArrayType(withArguments(((ArrayType) type).getComponentType()));
      case DECLARED -> withArguments((DeclaredType) type);
      case WILDCARD -> {
        WildcardType wildcard = (WildcardType) type;
        yield tools
            .types()
            .getWildcardType(
                boundWithArguments(wildcard.getExtendsBound()),
                boundWithArguments(wildcard.getSuperBound()));
      }
      default -> type;
    };
  }

  private @Nullable TypeMirror boundWithArguments(@Nullable TypeMirror bound) {
    return bound == null ? null : withArguments(bound);
  }

  private TypeMirror withArguments(DeclaredType type) {
    if (type.getTypeArguments().isEmpty()) {
      return type;
    }
    TypeElement element = (TypeElement) type.asElement();
    TypeMirror[] inside =
        type.getTypeArguments().stream().map(this::withArguments).toArray(TypeMirror[]::new);
    return type.getEnclosingType() instanceof DeclaredType enclosing
            && !enclosing.getTypeArguments().isEmpty()
        ? tools.types().getDeclaredType((DeclaredType) withArguments(enclosing), element, inside)
        : tools.types().getDeclaredType(element, inside);
  }
}
