package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;

/**
 * A type that writes itself into keys; nothing is known of its equality.
 *
 * @param type an implementation of {@code KeyEncodable}
 */
public record EncodableShape(TypeName type) implements Shape {

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

  /** Never read. */
  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
