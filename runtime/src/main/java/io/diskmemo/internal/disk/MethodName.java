package io.diskmemo.internal.disk;

/**
 * What an entry is a result of.
 *
 * @param name declaring type, name and parameter types; empty for values put by hand
 * @param version of the code
 * @param fingerprint of the types
 */
public record MethodName(String name, int version, String fingerprint) {
  /** The owner of values that were put by hand. */
  public static final MethodName BY_HAND = new MethodName("", 0, "");
}
