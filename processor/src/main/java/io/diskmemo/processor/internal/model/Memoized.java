package io.diskmemo.processor.internal.model;

import java.util.List;

/**
 * A method whose results are kept.
 *
 * @param signature of the method
 * @param result shape of what it returns
 * @param key what the result depends on, receiver parts first
 * @param tags of its entries
 * @param kind of its entries
 * @param version of its code
 * @param expiry of its entries
 */
public record Memoized(
    Signature signature,
    Shape result,
    List<KeyComponent> key,
    List<Tag> tags,
    String kind,
    int version,
    Expiry expiry) {

  /**
   * Whether memory may be looked up by the arguments themselves.
   *
   * @return true if every component is an immutable value that is equal exactly when its key is
   */
  public boolean argumentsAreValues() {
    return key.stream().allMatch(KeyComponent::isValue);
  }

  /**
   * Whether callers share one instance of the result.
   *
   * @return true if the result is deeply immutable by its type
   */
  public boolean sharesResult() {
    return result.isImmutableOnceRead();
  }

  /**
   * Digest of the shapes of key and result.
   *
   * @return hexadecimal digits
   */
  public String fingerprint() {
    return Fingerprint.of(key, result);
  }
}
