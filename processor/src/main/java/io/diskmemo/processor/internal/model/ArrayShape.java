package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.ArrayTypeName;
import java.util.List;

/**
 * An array of references, arrays among them.
 *
 * @param type of the array
 * @param component shape of its components
 */
public record ArrayShape(ArrayTypeName type, Shape component) implements Shape {

  @Override
  public List<Shape> parts() {
    return List.of(component);
  }

  @Override
  public boolean isValue() {
    return false;
  }

  @Override
  public boolean isFixed() {
    return false;
  }

  @Override
  public boolean isImmutableOnceRead() {
    return false;
  }

  @Override
  public boolean isReadAsWritten() {
    return component.isReadAsWritten();
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
