package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;

/**
 * A type of results that a codec of the user writes and reads.
 *
 * @param type with its type arguments
 * @param codec class of the codec
 * @param isShared whether its values are immutable
 */
public record StoredShape(TypeName type, ClassName codec, boolean isShared) implements Shape {

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
    return isShared;
  }

  /** That is its own to see to. */
  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
