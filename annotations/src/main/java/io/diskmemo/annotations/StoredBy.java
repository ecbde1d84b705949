package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the codec that writes and reads the results of a memoized method, in place of the one that
 * would be generated.
 *
 * <pre>{@code
 * @DiskMemoize
 * @StoredBy(ImageCodec.class)
 * BufferedImage render(String page) { ... }
 * }</pre>
 *
 * <p>expands to
 *
 * <pre>{@code
 * .copiedResult(new ImageCodec())
 * }</pre>
 *
 * <p>Each caller gets a copy that was read anew, unless {@link #shared} says that nobody can change
 * one. The name of the codec's class is part of the key; what it writes is not: after a change of the
 * format, rename it or raise the version of the method.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface StoredBy {

  /**
   * The codec's class.
   *
   * @return an {@code io.diskmemo.codec.Codec} of the result's type, with a constructor without
   *     parameters that the wrapper can call
   */
  Class<?> value();

  /**
   * Whether the results are immutable, so that all callers may share one.
   *
   * @return false if each caller gets a copy
   */
  boolean shared() default false;
}
