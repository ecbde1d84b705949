package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;

/**
 * An enum, whose constants are encoded by name.
 *
 * @param type of the enum; {@code Enum<?>} if it is any
 */
public record EnumShape(TypeName type) implements Shape {

  @Override
  public boolean isValue() {
    return true;
  }

  @Override
  public boolean isFixed() {
    return true;
  }

  @Override
  public boolean isImmutableOnceRead() {
    return true;
  }

  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
