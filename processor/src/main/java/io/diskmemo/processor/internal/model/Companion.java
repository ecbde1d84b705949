package io.diskmemo.processor.internal.model;

import java.util.Locale;

/** A method that a wrapper has beside each memoized method, with the same parameters. */
public enum Companion {
  /** Looks for a result. */
  PEEK("The result of {@code $N}, if there is one; computes nothing.\n"),
  /** Replaces a result. */
  REFRESH("Computes {@code $N}, and keeps the result in place of what is there.\n"),
  /** Removes a result. */
  EVICT("Evicts the result of {@code $N}; whether there was one.\n");

  private final String comment;

  Companion(String comment) {
    this.comment = comment;
  }

  /**
   * Name of the companion.
   *
   * @param method name of the memoized method
   * @return {@code peekLocate} for {@code locate}
   */
  public String of(String method) {
    return name().toLowerCase(Locale.ROOT)
        + method.substring(0, 1).toUpperCase(Locale.ROOT)
        + method.substring(1);
  }

  /**
   * What it does.
   *
   * @return a comment, with {@code $N} for the name of the memoized method
   */
  public String comment() {
    return comment;
  }
}
