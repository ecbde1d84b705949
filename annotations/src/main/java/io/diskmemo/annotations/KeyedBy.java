package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the encoder that writes a parameter, or receiver state, into the key, for a type that the
 * processor cannot encode by itself.
 *
 * <pre>{@code
 * @DiskMemoize
 * Plan plan(@KeyedBy(PolygonEncoder.class) Polygon area) { ... }
 *
 * final class PolygonEncoder implements KeyEncoder<Polygon> {
 *   @Override
 *   public void encode(KeyWriter key, Polygon area) {
 *     key.writeString(area.toWkt());
 *   }
 * }
 * }</pre>
 *
 * <p>expands to
 *
 * <pre>{@code
 * private static final KeyEncoder<Polygon> POLYGON_ENCODER = new PolygonEncoder();
 *
 * public void writeKey(KeyWriter key) {
 *   key.writeEncoded(area, POLYGON_ENCODER);
 * }
 * }</pre>
 *
 * <p>On a component of a record, it serves wherever the record is in a key.
 *
 * <p>The encoder must write different things for values for which the method returns different
 * results; nothing checks that.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
public @interface KeyedBy {

  /**
   * The encoder's class.
   *
   * @return an {@code io.diskmemo.key.KeyEncoder} of the annotated type, with a constructor without
   *     parameters that the wrapper can call
   */
  Class<?> value();
}
