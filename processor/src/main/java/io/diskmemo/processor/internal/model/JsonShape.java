package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A class that Jackson writes and reads, or one that it finds inside.
 *
 * @param type with its type arguments; of a result itself a class without
 * @param properties all that Jackson sees of it, by name
 */
public record JsonShape(TypeName type, List<Property> properties) implements Shape {

  /**
   * A field, getter or constructor parameter.
   *
   * @param name that documents use, as far as it is known
   * @param shape of its type
   */
  public record Property(String name, Shape shape) {}

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

  /** Every document is compared. */
  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
