package io.diskmemo.codec;

/** Bytes that are not a value of the type that was asked for. */
public final class CorruptValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was found, and where
   */
  public CorruptValueException(String message) {
    super(message);
  }
}
