package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * An {@link java.util.Optional}, or one of those of primitives.
 *
 * @param type with its type argument
 * @param getter method that returns the value
 * @param value shape of the value; if the type argument is a wildcard, of its bound
 */
public record OptionalShape(TypeName type, String getter, Shape value) implements Shape {

  @Override
  public List<Shape> parts() {
    return List.of(value);
  }

  @Override
  public boolean isValue() {
    return false;
  }

  @Override
  public boolean isFixed() {
    return value.isFixed();
  }

  @Override
  public boolean isImmutableOnceRead() {
    return value.isImmutableOnceRead();
  }

  @Override
  public boolean isReadAsWritten() {
    return value.isReadAsWritten();
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
