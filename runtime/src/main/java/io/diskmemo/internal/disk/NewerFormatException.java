package io.diskmemo.internal.disk;

import java.sql.SQLException;

/** A newer release made it, or a newer SQLite; it is left as it is. */
public final class NewerFormatException extends DiskException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(String operation, Object file) {
    super(operation, false, file + " was made by a newer release; use that, or another directory");
  }

  /** Whether the tables are laid out as only a newer SQLite does it; there is no code for that. */
  static boolean isMeantBy(SQLException thrown) {
    return String.valueOf(thrown.getMessage()).contains("unsupported file format");
  }
}
