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
 * @param keepsArguments whether its canonical constructor is known to be the one that the compiler makes
 */
public record RecordShape(
    TypeName type,
    String binaryName,
    List<Component> components,
    boolean comparesComponents,
    boolean keepsArguments)
    implements Shape {

  /**
   * A component of a record.
   *
   * @param name of the component and its accessor
   * @param shape of its type
   */
  public record Component(String name, Shape shape) {}

  @Override
  public List<Shape> parts() {
    return components.stream().map(Component::shape).toList();
  }

  @Override
  public boolean isValue() {
    return comparesComponents && components.stream().allMatch(c -> c.shape().isValue());
  }

  @Override
  public boolean isFixed() {
    return components.stream().allMatch(c -> c.shape().isFixed());
  }

  /** A constructor of its own may put modifiable collections in place of those that a codec made. */
  @Override
  public boolean isImmutableOnceRead() {
    return components.stream().allMatch(c -> c.shape().isImmutableOnceRead())
        && (keepsArguments || isFixed());
  }

  @Override
  public boolean isReadAsWritten() {
    return keepsArguments && components.stream().allMatch(c -> c.shape().isReadAsWritten());
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
