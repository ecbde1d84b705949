package io.diskmemo.internal.disk;

import java.io.IOException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The disk did not do what it was asked. */
public sealed class DiskException extends RuntimeException
    permits DamagedException, NoRoomException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final boolean temporary;

  /**
   * Makes the exception.
   *
   * @param operation what was tried
   * @param temporary whether the same may succeed soon
   * @param message what is wrong, and the way out
   */
  public DiskException(String operation, boolean temporary, String message) {
    super(operation + ": " + message);
    this.operation = operation;
    this.temporary = temporary;
  }

  DiskException(String operation, IOException cause) {
    super(operation + ": " + cause, cause);
    this.operation = operation;
    this.temporary = false;
  }

  DiskException(String operation, SQLException cause) {
    super(operation + ": " + cause.getMessage(), cause);
    this.operation = operation;
    this.temporary = isTemporary(cause);
  }

  private static boolean isTemporary(SQLException cause) {
    if (!(cause instanceof SQLiteException sqlite)) {
      return false;
    }
    int primaryCode = sqlite.getResultCode().code & 0xFF;
    return primaryCode == SQLiteErrorCode.SQLITE_BUSY.code
        || primaryCode == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  /**
   * What was tried.
   *
   * @return a verb and its object, such as {@code store entries}
   */
  public String operation() {
    return operation;
  }

  /**
   * Whether the same may succeed soon, because another process was in the way.
   *
   * @return true for a lock that was not free in time
   */
  public boolean isTransient() {
    return temporary;
  }
}
