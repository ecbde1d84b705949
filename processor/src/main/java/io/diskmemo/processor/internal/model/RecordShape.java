package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A record, which is its components in order.
 *
 * @param type of the record, with type arguments
 * @param binaryName of its class
 * @param components in order
 * @param comparesComponents whether its {@code equals} is known to be the one that the compiler makes
 */
public record RecordShape(
    TypeName type, String binaryName, List<Component> components, boolean comparesComponents)
    implements Shape {

  /**
   * A component of a record.
   *
   * @param name of the component and its accessor
   * @param shape of its type
   */
  public record Component(String name, Shape shape) {}

  @Override
  public boolean isValue() {
    return comparesComponents && components.stream().allMatch(c -> c.shape().isValue());
  }

  @Override
  public boolean isFixed() {
    return components.stream().allMatch(c -> c.shape().isFixed());
  }

  @Override
  public boolean isImmutableOnceRead() {
    return components.stream().allMatch(c -> c.shape().isImmutableOnceRead());
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
