package io.diskmemo.generated;

import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.util.List;

/**
 * What the result of one call depends on: the receiver's key parts and the arguments, in order.
 * Generated as a record for each memoized method.
 *
 * <p>Where {@link MethodSpec#argumentsAreValues()}, two of them are equal exactly when their keys
 * are, so that the memory tier can look entries up by them without a digest.
 */
public interface Arguments {

  /**
   * Writes every component in order.
   *
   * @param key takes the canonical encoding
   * @throws IOException if a file that is keyed by content cannot be read
   */
  void writeKey(KeyWriter key) throws IOException;

  /**
   * The names by which the entry can be evicted.
   *
   * @return the tags of this call, without duplicates being required
   */
  default List<String> tags() {
    return List.of();
  }
}
