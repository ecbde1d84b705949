package io.diskmemo.key;

/**
 * Writes values of a type that one cannot change into keys. Stateless and thread-safe, with a
 * constructor without parameters.
 *
 * <p>A parameter names it with {@code @KeyedBy}. One that is registered as a service, in {@code
 * META-INF/services/io.diskmemo.key.KeyEncoder} of the project itself or of the library that has the
 * type, serves every parameter of its type. A library with encoders for types that are not its own is
 * put on the path of processors, too.
 *
 * @param <T> type of the values
 */
public interface KeyEncoder<T> {

  /**
   * Writes all that results can depend on, always in the same order.
   *
   * @param key takes the canonical encoding
   * @param value not null; null is written for it
   */
  void encode(KeyWriter key, T value);
}
