package io.diskmemo.key;

/**
 * A type that writes itself into keys. The processor accepts it as a parameter, a key part, or inside
 * a record or collection of one.
 *
 * <p>Two values for which a memoized method can return different results must write different things.
 * The name of the value's class is written before it, so that two classes never meet; of a constant of
 * an enum with a body, that of the enum and the constant. A lambda, an
 * anonymous or local class and a proxy have names that may be those of others in the next run: calls with
 * them go without the cache.
 */
public interface KeyEncodable {

  /**
   * Writes all that results can depend on, always in the same order.
   *
   * @param key takes the canonical encoding
   */
  void encodeKey(KeyWriter key);
}
