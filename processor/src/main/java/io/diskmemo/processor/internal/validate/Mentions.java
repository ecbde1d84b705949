package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Lists the classes that a type mentions, type arguments included. */
final class Mentions extends SimpleTypeVisitor14<@Nullable Void, List<DeclaredType>> {
  private static final Mentions VISITOR = new Mentions();

  private Mentions() {}

  /**
   * The classes in order.
   *
   * @throws UnresolvedTypeException if one does not exist yet
   */
  static List<DeclaredType> in(TypeMirror type) {
    List<DeclaredType> mentioned = new ArrayList<>();
    VISITOR.visit(type, mentioned);
    return mentioned;
  }

  /** The type variables in a type, outermost first. */
  static List<TypeVariable> variablesIn(TypeMirror type) {
    List<TypeVariable> variables = new ArrayList<>();
    collect(type, variables);
    return variables;
  }

  private static void collect(@Nullable TypeMirror type, List<TypeVariable> variables) {
    if (type instanceof TypeVariable variable) {
      variables.add(variable);
    } else if (type instanceof ArrayType array) {
      collect(array.getComponentType(), variables);
    } else if (type instanceof DeclaredType declared) {
      declared.getTypeArguments().forEach(argument -> collect(argument, variables));
    } else if (type instanceof WildcardType wildcard) {
      collect(wildcard.getExtendsBound(), variables);
    }
  }

  @Override
  public @Nullable Void visitDeclared(DeclaredType type, List<DeclaredType> mentioned) {
    mentioned.add(type);
    type.getTypeArguments().forEach(argument -> visit(argument, mentioned));
    return visit(type.getEnclosingType(), mentioned);
  }

  @Override
  public @Nullable Void visitArray(ArrayType type, List<DeclaredType> mentioned) {
    return visit(type.getComponentType(), mentioned);
  }

  @Override
  public @Nullable Void visitWildcard(WildcardType type, List<DeclaredType> mentioned) {
    if (type.getExtendsBound() != null) {
      visit(type.getExtendsBound(), mentioned);
    }
    if (type.getSuperBound() != null) {
      visit(type.getSuperBound(), mentioned);
    }
    return null;
  }

  @Override
  public @Nullable Void visitError(ErrorType type, List<DeclaredType> mentioned) {
    throw new UnresolvedTypeException();
  }
}
