package io.diskmemo.generated;

import io.diskmemo.key.KeyWriter;

/**
 * A wrapper of an interface, which may be the delegate of another. Implemented by generated code
 * only.
 */
public interface DelegatingWrapper {

  /**
   * Writes what tells this wrapper from others of its class: its delegate, and what that says of
   * itself.
   *
   * @param key takes the canonical encoding
   */
  void writeDelegate(KeyWriter key);
}
