package io.diskmemo.internal.disk;

/** A newer release made it; it is left as it is. */
public final class NewerFormatException extends DiskException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(String operation, Object file) {
    super(operation, false, file + " was made by a newer release; use that, or another directory");
  }
}
