package io.diskmemo.internal.disk;

/** An element of a collection is not what was written; it was moved aside, so that the next is read. */
public final class DamagedException extends DiskException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param operation what was tried
   * @param message what was found, and where it is now
   */
  public DamagedException(String operation, String message) {
    super(operation, true, message);
  }
}
