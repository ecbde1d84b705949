package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;

/**
 * A record or sealed interface inside itself; the shape around it says what it is made of.
 *
 * @param type with its type arguments
 */
public record Recurrence(TypeName type) implements Shape {

  /** Values may be nested deeper than {@code equals} can follow. */
  @Override
  public boolean isValue() {
    return false;
  }

  /** As far as the rest of the type is. */
  @Override
  public boolean isFixed() {
    return true;
  }

  /** As far as the rest of the type is. */
  @Override
  public boolean isImmutableOnceRead() {
    return true;
  }

  /** As far as the rest of the type is. */
  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
