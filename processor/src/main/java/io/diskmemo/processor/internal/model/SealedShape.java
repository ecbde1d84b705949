package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A sealed interface, which is one of its records and enums.
 *
 * @param type with its type arguments
 * @param subtypes all records and enums below it, in the order in which they are permitted
 */
public record SealedShape(TypeName type, List<Shape> subtypes) implements Shape {

  @Override
  public List<Shape> parts() {
    return subtypes;
  }

  @Override
  public boolean isValue() {
    return subtypes.stream().allMatch(Shape::isValue);
  }

  @Override
  public boolean isFixed() {
    return subtypes.stream().allMatch(Shape::isFixed);
  }

  @Override
  public boolean isImmutableOnceRead() {
    return subtypes.stream().allMatch(Shape::isImmutableOnceRead);
  }

  @Override
  public boolean isReadAsWritten() {
    return subtypes.stream().allMatch(Shape::isReadAsWritten);
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
