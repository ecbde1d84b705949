package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;

/**
 * A type that an encoder writes into keys; nothing is known of its equality.
 *
 * @param type with its type arguments
 * @param encoder class of the encoder
 */
public record EncodedShape(TypeName type, ClassName encoder) implements Shape {

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
