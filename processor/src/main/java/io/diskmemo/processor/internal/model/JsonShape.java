package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.ClassName;

/**
 * A class that Jackson writes and reads, because nothing is known of what it is made of.
 *
 * @param type of the class
 */
public record JsonShape(ClassName type) implements Shape {

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
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
