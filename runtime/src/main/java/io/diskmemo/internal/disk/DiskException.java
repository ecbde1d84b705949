package io.diskmemo.internal.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The disk did not do what it was asked. */
public sealed class DiskException extends RuntimeException
    permits DamagedException, NetworkFileSystemException, NewerFormatException, NoRoomException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final boolean temporary;
  private final boolean tooLarge;
  private final boolean damage;

  /**
   * Makes the exception.
   *
   * @param operation what was tried
   * @param temporary whether the same may succeed soon
   * @param message what is wrong, and the way out
   */
  public DiskException(String operation, boolean temporary, String message) {
    this(operation, message, temporary, false, false);
  }

  DiskException(String operation, IOException cause) {
    super(operation + ": " + cause, cause);
    this.operation = operation;
    this.temporary = false;
    this.tooLarge = false;
    this.damage = false;
  }

  /**
   * What SQLite says. Where that is of the tables, and not of the disk, the store is damaged as far as
   * anybody can tell, and there is no cause beneath.
   */
  DiskException(String operation, SQLException cause) {
    super(operation + ": " + cause.getMessage(), isOfTables(cause) ? null : cause);
    if (isOfTables(cause)) {
      addSuppressed(cause);
    }
    this.operation = operation;
    this.temporary = isOneOf(cause, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED);
    this.tooLarge = isOneOf(cause, SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_NOMEM);
    this.damage = isOneOf(
        cause,
        SQLiteErrorCode.SQLITE_CORRUPT,
        SQLiteErrorCode.SQLITE_NOTADB,
        SQLiteErrorCode.SQLITE_CANTOPEN, // if the file is gone
        SQLiteErrorCode.SQLITE_ERROR, // if the tables are
        SQLiteErrorCode.SQLITE_CONSTRAINT); // if an index or the state does not fit them
  }

  private static boolean isOfTables(SQLException cause) {
    return isOneOf(cause, SQLiteErrorCode.SQLITE_CONSTRAINT)
        || (isOneOf(cause, SQLiteErrorCode.SQLITE_ERROR)
            && String.valueOf(cause.getMessage()).contains("no such "));
  }

  private DiskException(
      String operation, String message, boolean temporary, boolean tooLarge, boolean damage) {
    super(operation + ": " + message);
    this.operation = operation;
    this.temporary = temporary;
    this.tooLarge = tooLarge;
    this.damage = damage;
  }

  /**
   * The first of several failures, with those that follow suppressed in it.
   *
   * @param first null if there was none before
   * @param next of another step
   * @return the first
   */
  public static DiskException first(@Nullable DiskException first, DiskException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  /** For a value that cannot be taken, when others can. */
  static DiskException tooLarge(String operation, String message) {
    return new DiskException(operation, message, false, true, false);
  }

  /** For a database that is not what it was. */
  static DiskException damaged(String operation, String message) {
    return new DiskException(operation, message, false, false, true);
  }

  /** Whether it is damage that was found in what SQLite could read. */
  boolean isFound() {
    return damage && getCause() == null && getSuppressed().length == 0;
  }

  /** Whether it is one of these, by its primary code. */
  static boolean isOneOf(SQLException cause, SQLiteErrorCode... codes) {
    if (!(cause instanceof SQLiteException sqlite)) {
      return false;
    }
    int primaryCode = sqlite.getResultCode().code & 0xFF;
    return Arrays.stream(codes).anyMatch(code -> code.code == primaryCode);
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
   * Whether it is a matter of one value, for which there is not enough memory or no place, and the disk
   * is in order.
   *
   * @return true if others may be stored and read
   */
  public boolean isTooLarge() {
    return tooLarge;
  }

  /**
   * Whether the database may be damaged or gone. It is a reason to look, and no more: one read that
   * fails makes SQLite say so of a sound file.
   *
   * @return true where {@link KindStore#reviveIfDamaged} should look
   */
  public boolean pointsToDamage() {
    return damage;
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
