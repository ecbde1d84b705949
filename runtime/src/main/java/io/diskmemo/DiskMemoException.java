package io.diskmemo;

import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of a store by name could not be done: it could not be opened, or an
 * explicit operation failed. A call of a memoized method never throws one; a wrapper's {@code evictX} does.
 */
public class DiskMemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was tried. */
  private final String operation;

  /** Whether the same may succeed soon. */
  private final boolean temporary;

  /**
   * Makes the exception.
   *
   * @param operation what was tried, such as {@code open the directory}
   * @param message what is wrong, where, and the way out
   * @param temporary whether the same may succeed soon
   * @param cause what happened underneath, if anything
   */
  public DiskMemoException(
      String operation, String message, boolean temporary, @Nullable Throwable cause) {
    super(message, cause);
    this.operation = operation;
    this.temporary = temporary;
  }

  /**
   * What was tried.
   *
   * @return a verb and its object, such as {@code evict entries}
   */
  public String operation() {
    return operation;
  }

  /**
   * Whether the same may succeed soon, because another process was in the way.
   *
   * @return false if somebody has to do something first
   */
  public boolean isTransient() {
    return temporary;
  }
}
