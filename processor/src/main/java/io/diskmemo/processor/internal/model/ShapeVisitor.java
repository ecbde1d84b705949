package io.diskmemo.processor.internal.model;

/**
 * A function on shapes.
 *
 * @param <R> what it returns
 */
public interface ShapeVisitor<R> {

  /**
   * A type that is encoded in one piece.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(Leaf shape);

  /**
   * An enum.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(EnumShape shape);

  /**
   * A record.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(RecordShape shape);

  /**
   * A sealed interface.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(SealedShape shape);

  /**
   * A type inside itself.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(Recurrence shape);

  /**
   * A list or set.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(SequenceShape shape);

  /**
   * A map.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(MapShape shape);

  /**
   * An optional.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(OptionalShape shape);

  /**
   * An array of references.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(ArrayShape shape);

  /**
   * A type that writes itself.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(EncodableShape shape);

  /**
   * A type with an encoder.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(EncodedShape shape);

  /**
   * A type with a codec.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(StoredShape shape);

  /**
   * A class that is kept as JSON.
   *
   * @param shape visited
   * @return the function's value
   */
  R visit(JsonShape shape);
}
