package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A {@link java.util.Map}, whose order does not matter to keys and is kept in values.
 *
 * @param type with its type arguments
 * @param entryType type of the entries
 * @param key shape of the keys; if the type argument is a wildcard, of its bound
 * @param value shape of the values; if the type argument is a wildcard, of its bound
 */
public record MapShape(TypeName type, TypeName entryType, Shape key, Shape value) implements Shape {

  @Override
  public List<Shape> parts() {
    return List.of(key, value);
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
    return key.isImmutableOnceRead() && value.isImmutableOnceRead();
  }

  @Override
  public boolean isReadAsWritten() {
    return key.isReadAsWritten() && value.isReadAsWritten();
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
