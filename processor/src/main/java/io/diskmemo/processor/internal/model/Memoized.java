package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A method whose results are kept.
 *
 * @param signature of the method
 * @param result shape of what it returns, sooner or later
 * @param isLater whether it returns a stage, which completes with the result
 * @param key what the result depends on, receiver parts first
 * @param ignoredVariables erasures of parameters that are not in the key and whose type is a type
 *     variable of the method, or an array of one, by index
 * @param ignoresObjects whether a parameter that is not in the key is no immutable value
 * @param tags of its entries
 * @param kind of its entries
 * @param version of its code
 * @param expiry of its entries
 * @param gate that computations pass, if there is one
 */
public record Memoized(
    Signature signature,
    Shape result,
    boolean isLater,
    List<KeyComponent> key,
    SortedMap<Integer, TypeName> ignoredVariables,
    boolean ignoresObjects,
    List<Tag> tags,
    String kind,
    int version,
    Expiry expiry,
    Optional<Gate> gate) {

  /**
   * Whether memory may be looked up by the arguments themselves.
   *
   * @return true if every component is an immutable value that is equal exactly when its key is
   */
  public boolean argumentsAreValues() {
    return key.stream().allMatch(KeyComponent::isValue);
  }

  /**
   * Whether the receiver may change, between two calls, what the key has of it.
   *
   * @return true if a method or a field that is not final is part of the key
   */
  public boolean receiverMayChange() {
    return !key.stream().allMatch(KeyComponent::isSettled);
  }

  /**
   * Whether nothing that the method is given can change, but the files that are keyed by content.
   *
   * @return false if there are no such files
   */
  public boolean onlyFilesMayChange() {
    return !argumentsAreValues()
        && key.stream().allMatch(part -> part.isValue() || part.byContent());
  }

  /**
   * Whether keys are made anew around a computation, from what the receiver then says.
   *
   * @return true if the computation may run after the call, and the receiver may change
   */
  public boolean isKeyedAnew() {
    return isLater && receiverMayChange();
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
   * Whether a result is stored only if what is read back is the same.
   *
   * @return true if a constructor in its type may change what it is given
   */
  public boolean comparesResult() {
    return !result.isReadAsWritten();
  }

  /**
   * Type of what is kept.
   *
   * @return boxed if primitive
   */
  public TypeName resultType() {
    return result.type().box();
  }

  /**
   * Whether memory may be asked before anything else.
   *
   * @return true if the arguments can be compared and the result is there at once
   */
  public boolean isFoundByArguments() {
    return argumentsAreValues() && sharesResult() && !isLater;
  }

  /**
   * Digest of the shapes of key and result, and of the tags: entries that lack a tag which the method
   * has now would escape its eviction.
   *
   * @return hexadecimal digits
   */
  public String fingerprint() {
    return Fingerprint.of(this);
  }
}
