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

  /** Of an exception or error; of an error the log has all, since its message says little. */
  static Failure of(Throwable thrown, Operation operation) {
    Trouble trouble = Trouble.of(thrown);
    if (thrown instanceof Error && trouble == Trouble.FAILURE) {
      ConditionLog.LOG.error("the store failed by an error", thrown);
    }
    return new Failure(trouble, operation, messageOf(thrown));
  }

  private static String messageOf(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || thrown instanceof Error ? thrown.toString() : message;
  }
}
