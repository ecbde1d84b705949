package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.jspecify.annotations.Nullable;

/** Lists what an annotation mentions, as it was written: itself, classes, constants of enums. */
final class AnnotationMentions
    extends SimpleAnnotationValueVisitor14<@Nullable Void, List<Element>> {
  private static final AnnotationMentions VISITOR = new AnnotationMentions();

  private AnnotationMentions() {}

  /**
   * The elements in order.
   *
   * @throws UnresolvedTypeException if a class does not exist yet
   */
  static List<Element> in(AnnotationMirror annotation) {
    List<Element> mentioned = new ArrayList<>();
    VISITOR.visitAnnotation(annotation, mentioned);
    return mentioned;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationMirror annotation, List<Element> mentioned) {
    mentioned.add(annotation.getAnnotationType().asElement());
    annotation.getElementValues().forEach((member, value) -> {
      if (!holdsText(member.getReturnType())) {
        visit(value, mentioned);
      }
    });
    return null;
  }

  @Override
  public @Nullable Void visitArray(
      List<? extends AnnotationValue> values, List<Element> mentioned) {
    values.forEach(value -> visit(value, mentioned));
    return null;
  }

  /** A text mentions nothing, whatever it says. */
  private static boolean holdsText(TypeMirror type) {
    TypeMirror one = type instanceof ArrayType array ? array.getComponentType() : type;
    return one instanceof DeclaredType declared
        && ((TypeElement) declared.asElement())
            .getQualifiedName()
            .contentEquals("java.lang.String");
  }

  /** What javac puts in the place of a class that it cannot resolve. */
  @Override
  public @Nullable Void visitString(String text, List<Element> mentioned) {
    if (text.equals(Settings.UNRESOLVED)) {
      throw new UnresolvedTypeException();
    }
    return null;
  }

  @Override
  public @Nullable Void visitType(TypeMirror type, List<Element> mentioned) {
    Mentions.in(type).forEach(found -> mentioned.add(found.asElement()));
    return null;
  }

  @Override
  public @Nullable Void visitEnumConstant(VariableElement constant, List<Element> mentioned) {
    mentioned.add(Tools.enclosing(constant));
    mentioned.add(constant);
    return null;
  }
}
