package io.diskmemo.processor.internal.validate;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/**
 * Puts bounds in the place of type variables, so that a type can be named where the variables mean
 * nothing: {@code List<? extends Enum<?>>} for {@code List<T>}.
 */
final class TypeVariables {
  private final Tools tools;
  private final Set<Element> open = new HashSet<>();

  private TypeVariables(Tools tools) {
    this.tools = tools;
  }

  static TypeMirror replaced(Tools tools, TypeMirror type) {
    return new TypeVariables(tools).replaced(type);
  }

  private TypeMirror replaced(TypeMirror type) {
    return switch (type.getKind()) {
      case TYPEVAR -> bound((TypeVariable) type);
      case ARRAY -> tools.types().getArrayType(replaced(((ArrayType) type).getComponentType()));
      case DECLARED -> declared((DeclaredType) type);
      default -> type;
    };
  }

  /** The first bound, which is what is left of the variable at run time. */
  private TypeMirror bound(TypeVariable variable) {
    TypeMirror bound = variable.getUpperBound();
    if (bound instanceof IntersectionType intersection) {
      bound = intersection.getBounds().get(0);
    }
    open.add(variable.asElement());
    TypeMirror replaced = replaced(bound);
    open.remove(variable.asElement());
    return replaced;
  }

  private TypeMirror declared(DeclaredType type) {
    if (Mentions.variablesIn(type).isEmpty()) {
      return type;
    }
    TypeMirror[] arguments =
        type.getTypeArguments().stream().map(this::argument).toArray(TypeMirror[]::new);
    return tools.types().getDeclaredType((TypeElement) type.asElement(), arguments);
  }

  private TypeMirror argument(TypeMirror argument) {
    if (argument instanceof TypeVariable variable && open.contains(variable.asElement())) {
      return tools.types().getWildcardType(null, null);
    }
    if (argument instanceof WildcardType wildcard) {
      TypeMirror bound = wildcard.getExtendsBound();
      return bound == null ? argument : extending(argument, bound);
    }
    return extending(argument, argument);
  }

  private TypeMirror extending(TypeMirror argument, TypeMirror bound) {
    return Mentions.variablesIn(bound).isEmpty()
        ? argument
        : tools.types().getWildcardType(replaced(bound), null);
  }
}
