package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A {@link java.util.List} or {@link java.util.Set}.
 *
 * @param kind which of them
 * @param type with its type argument
 * @param element shape of the elements; if the type argument is a wildcard, of its bound
 */
public record SequenceShape(Kind kind, TypeName type, Shape element) implements Shape {

  /** What a sequence promises. */
  public enum Kind {
    /** An order. */
    LIST,
    /** No two equal elements; the order does not matter to keys and is kept in values. */
    SET
  }

  @Override
  public List<Shape> parts() {
    return List.of(element);
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
    return element.isImmutableOnceRead();
  }

  @Override
  public boolean isReadAsWritten() {
    return element.isReadAsWritten();
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
