package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.diskmemo.processor.internal.model.ArrayShape;
import io.diskmemo.processor.internal.model.EncodableShape;
import io.diskmemo.processor.internal.model.EncodedShape;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.MapShape;
import io.diskmemo.processor.internal.model.OptionalShape;
import io.diskmemo.processor.internal.model.RecordShape;
import io.diskmemo.processor.internal.model.Recurrence;
import io.diskmemo.processor.internal.model.SealedShape;
import io.diskmemo.processor.internal.model.SequenceShape;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.ShapeVisitor;
import io.diskmemo.processor.internal.model.StoredShape;

/** How generated methods and classes call a shape: {@code PointList}, {@code StringToPointMap}. */
final class ShapeNames implements ShapeVisitor<String> {
  private static final ShapeNames VISITOR = new ShapeNames();

  private static final TypeName ANYTHING = WildcardTypeName.subtypeOf(Object.class);

  private ShapeNames() {}

  static String of(Shape shape) {
    return shape.accept(VISITOR);
  }

  @Override
  public String visit(Leaf shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(EnumShape shape) {
    return shape.type() instanceof ParameterizedTypeName any
        ? ofType(any.rawType())
        : ofType(shape.type());
  }

  @Override
  public String visit(RecordShape shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(SealedShape shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(Recurrence shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(SequenceShape shape) {
    return of(shape.element()) + (shape.kind() == SequenceShape.Kind.LIST ? "List" : "Set");
  }

  @Override
  public String visit(MapShape shape) {
    return of(shape.key()) + "To" + of(shape.value()) + "Map";
  }

  @Override
  public String visit(OptionalShape shape) {
    return shape.type() instanceof ClassName name
        ? name.simpleName()
        : "Optional" + of(shape.value());
  }

  @Override
  public String visit(ArrayShape shape) {
    return of(shape.component()) + "Array";
  }

  @Override
  public String visit(EncodableShape shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(EncodedShape shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(StoredShape shape) {
    return ofType(shape.type());
  }

  @Override
  public String visit(JsonShape shape) {
    return ofType(shape.type());
  }

  private static String ofType(TypeName type) {
    if (type instanceof ClassName name) {
      return Names.capitalized(name.simpleName());
    }
    if (type instanceof ArrayTypeName array) {
      return ofType(array.componentType()) + "Array";
    }
    if (type instanceof ParameterizedTypeName generic) {
      StringBuilder name = new StringBuilder();
      generic.typeArguments().stream()
          .filter(argument -> !argument.equals(ANYTHING))
          .forEach(argument -> name.append(ofType(argument)));
      return name.append(ofType(generic.rawType())).toString();
    }
    if (type instanceof WildcardTypeName wildcard) {
      return ofType(wildcard.upperBounds().get(0));
    }
    return Names.capitalized(type.toString());
  }
}
