package io.diskmemo.internal.resilience;

/**
 * Something that went wrong with the disk.
 *
 * @param trouble what it means
 * @param operation whether it was reading or writing
 * @param message for people
 */
public record Failure(Trouble trouble, Operation operation, String message) {
  /** What was tried. Successes of one say nothing about the other. */
  public enum Operation {
    /** From the disk. */
    READ,
    /** To the disk. */
    WRITE
  }

  static Failure of(Throwable thrown, Operation operation) {
    return new Failure(Trouble.of(thrown), operation, String.valueOf(thrown.getMessage()));
  }
}
