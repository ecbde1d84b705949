package io.diskmemo;

import io.diskmemo.internal.disk.EntryFilter;
import java.util.Optional;

/**
 * Which entries to evict. Immutable.
 *
 * @param tag only entries with this tag
 * @param method only results of this method: declaring type, name and parameter types, as {@code
 *     com.example.Geocoder.locate(java.lang.String)}, or without the parameter types for all
 *     overloads
 */
public record EvictionFilter(Optional<String> tag, Optional<String> method) {
  /**
   * Checks the names.
   *
   * @param tag not blank
   * @param method not blank
   * @throws IllegalArgumentException if a name is blank
   */
  public EvictionFilter {
    tag.ifPresent(name -> requireText("tag", name));
    method.ifPresent(name -> requireText("method", name));
  }

  /**
   * Every entry.
   *
   * @return a filter that lets everything through
   */
  public static EvictionFilter all() {
    return new EvictionFilter(Optional.empty(), Optional.empty());
  }

  /**
   * Narrows to a tag.
   *
   * @param name exact
   * @return a filter
   */
  public EvictionFilter withTag(String name) {
    return new EvictionFilter(Optional.of(name), method);
  }

  /**
   * Narrows to a method.
   *
   * @param name with or without parameter types
   * @return a filter
   */
  public EvictionFilter withMethod(String name) {
    return new EvictionFilter(tag, Optional.of(name));
  }

  EntryFilter toEntries() {
    return new EntryFilter(tag.orElse(null), method.orElse(null));
  }

  private static void requireText(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the " + what + " to evict is empty; name one");
    }
  }
}
