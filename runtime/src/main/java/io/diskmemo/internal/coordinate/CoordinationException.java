package io.diskmemo.internal.coordinate;

/** Processes cannot be coordinated as it was asked, and nothing was granted. */
public final class CoordinationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final boolean temporary;

  CoordinationException(String operation, String message, boolean temporary) {
    super(operation + ": " + message);
    this.operation = operation;
    this.temporary = temporary;
  }

  /**
   * What was tried.
   *
   * @return a verb and its object
   */
  public String operation() {
    return operation;
  }

  /**
   * Whether the same may succeed soon.
   *
   * @return false if somebody has to do something first
   */
  public boolean isTransient() {
    return temporary;
  }
}
