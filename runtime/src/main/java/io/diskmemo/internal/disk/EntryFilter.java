package io.diskmemo.internal.disk;

import org.jspecify.annotations.Nullable;

/**
 * Which entries to evict: those with the tag and of the method, where given; all if neither is.
 *
 * @param tag exact name, or null
 * @param method full name with parameter types, or the name before them for all overloads, or null
 */
public record EntryFilter(@Nullable String tag, @Nullable String method) {
  /** Every entry. */
  public static final EntryFilter ALL = new EntryFilter(null, null);
}
