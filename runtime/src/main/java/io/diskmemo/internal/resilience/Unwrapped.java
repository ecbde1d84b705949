package io.diskmemo.internal.resilience;

import org.jspecify.annotations.Nullable;

/** What another thread threw, for the one that waits for it. */
public final class Unwrapped {
  private Unwrapped() {}

  /**
   * Throws an error, and returns everything else as something to throw.
   *
   * @param cause of the failure that the waiting thread was told
   * @return the same, or an exception around what is checked
   */
  public static RuntimeException of(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(cause);
  }
}
