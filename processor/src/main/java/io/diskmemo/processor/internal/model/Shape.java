package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/** How values of one type are built up, as far as keys and codecs see them. */
public sealed interface Shape
    permits Leaf,
        EnumShape,
        RecordShape,
        SealedShape,
        Recurrence,
        SequenceShape,
        MapShape,
        OptionalShape,
        EncodableShape,
        EncodedShape,
        StoredShape,
        JsonShape,
        ArrayShape {

  /**
   * The type in generated code.
   *
   * @return with type arguments, as it was declared
   */
  TypeName type();

  /**
   * What values consist of, as far as it is written piece by piece.
   *
   * @return empty if something else writes values as a whole
   */
  default List<Shape> parts() {
    return List.of();
  }

  /**
   * Whether values are immutable and equal exactly when their keys are, so that memory may be looked
   * up by them.
   *
   * @return false if that cannot be told
   */
  boolean isValue();

  /**
   * Whether nobody can change a value that was passed in.
   *
   * @return false for collections too, because a caller's may be modifiable
   */
  boolean isFixed();

  /**
   * Whether a value that a codec has read can be shared by callers.
   *
   * @return true for collections of immutable values too, because a codec makes them unmodifiable
   */
  boolean isImmutableOnceRead();

  /**
   * Whether what is read is what was written, whatever the value.
   *
   * @return false if a constructor in the type may change what it is given
   */
  boolean isReadAsWritten();

  /**
   * Calls the visitor's method for this shape.
   *
   * @param visitor to call
   * @param <R> what it returns
   * @return what it returned
   */
  <R> R accept(ShapeVisitor<R> visitor);
}
