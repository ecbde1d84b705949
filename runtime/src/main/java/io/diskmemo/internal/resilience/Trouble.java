package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.NetworkFileSystemException;
import io.diskmemo.internal.disk.NewerFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What can go wrong with a disk, and what follows: the one place where codes of SQLite and exceptions
 * of the file system are given a meaning.
 *
 * <p>A code of SQLite is looked for whole, as an extended code, and then by its lowest eight bits, its
 * primary code. The Java library tells most errors of the file system apart only by the text that the
 * system has for them, in whatever language; what is not recognised is {@link #FAILURE}, which counts.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets and lists are those of Set.of and List.of
public enum Trouble {
  /** Others hold a lock, for longer than the timeout; they will let go of it, or die. */
  BUSY(
      Reaction.GO_ON,
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_PROTOCOL,
          SQLiteErrorCode.SQLITE_IOERR_BLOCKED,
          SQLiteErrorCode.SQLITE_INTERRUPT),
      List.of()),

  /** The value is too large for a row or for memory; the next may not be. */
  TOO_LARGE(
      Reaction.LEAVE_VALUE,
      Set.of(
          SQLiteErrorCode.SQLITE_TOOBIG,
          SQLiteErrorCode.SQLITE_NOMEM,
          SQLiteErrorCode.SQLITE_IOERR_NOMEM,
          SQLiteErrorCode.SQLITE_NOLFS),
      List.of("file too large")),

  /** Nothing more can be written; what is there can still be read, and somebody may make room. */
  FULL(
      Reaction.ONLY_READ,
      Set.of(SQLiteErrorCode.SQLITE_FULL),
      List.of("no space left", "disk quota exceeded", "not enough space")),

  /**
   * Reading or writing failed. It may be one cable or one page: a connection that met it says all
   * kinds of things afterwards, also that the database is corrupt, and proves nothing by it.
   */
  FAILURE(
      Reaction.COUNT,
      Set.of(
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_ERROR,
          SQLiteErrorCode.SQLITE_INTERNAL,
          SQLiteErrorCode.SQLITE_ABORT,
          SQLiteErrorCode.SQLITE_NOTFOUND,
          SQLiteErrorCode.SQLITE_EMPTY,
          SQLiteErrorCode.SQLITE_SCHEMA,
          SQLiteErrorCode.SQLITE_CONSTRAINT,
          SQLiteErrorCode.SQLITE_MISMATCH,
          SQLiteErrorCode.SQLITE_MISUSE,
          SQLiteErrorCode.SQLITE_RANGE,
          SQLiteErrorCode.SQLITE_NOTICE,
          SQLiteErrorCode.SQLITE_WARNING,
          SQLiteErrorCode.UNKNOWN_ERROR),
      List.of("input/output error", "too many open files")),

  /** The database is not what it was, or so it seems; only fresh connections can tell. */
  CORRUPT(
      Reaction.REPAIR,
      Set.of(
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_FORMAT),
      List.of()),

  /** The files are not where they were, so that what is open is of no use to anybody. */
  GONE(
      Reaction.OPEN_AGAIN,
      Set.of(
          SQLiteErrorCode.SQLITE_READONLY_DBMOVED,
          SQLiteErrorCode.SQLITE_IOERR_DELETE_NOENT,
          SQLiteErrorCode.SQLITE_IOERR_VNODE),
      List.of("stale file handle", "not a directory")),

  /** This process may not write, or not even open; somebody has to change that. */
  FORBIDDEN(
      Reaction.USE_MEMORY_FOR_LONG,
      Set.of(
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_PERM,
          SQLiteErrorCode.SQLITE_AUTH,
          SQLiteErrorCode.SQLITE_IOERR_ACCESS),
      List.of("read-only file system", "permission denied", "operation not permitted")),

  /** A newer release made it; only that one knows what to do with it. */
  NEWER_FORMAT(Reaction.USE_MEMORY_FOR_LONG, Set.of(), List.of()),

  /** Machines that share a file system share neither locks nor mapped memory. */
  NETWORK(Reaction.USE_MEMORY_FOR_LONG, Set.of(), List.of()),

  /** An operation has not ended for so long that nobody should wait for another. */
  NO_ANSWER(Reaction.USE_MEMORY, Set.of(), List.of());

  private final Reaction reaction;
  private final Set<SQLiteErrorCode> codes;
  private final List<String> texts;

  Trouble(Reaction reaction, Set<SQLiteErrorCode> codes, List<String> texts) {
    this.reaction = reaction;
    this.codes = codes;
    this.texts = texts;
  }

  /**
   * What follows.
   *
   * @return always the same
   */
  public Reaction reaction() {
    return reaction;
  }

  /**
   * What an exception says about the disk.
   *
   * @param thrown by the store, or by what is beneath it
   * @return {@link #FAILURE} if nobody can tell
   */
  public static Trouble of(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError || thrown instanceof StackOverflowError) {
      return TOO_LARGE;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Trouble trouble = ofOne(cause);
      if (trouble != null) {
        return trouble;
      }
    }
    return FAILURE;
  }

  private static @Nullable Trouble ofOne(Throwable thrown) {
    if (thrown instanceof NewerFormatException) {
      return NEWER_FORMAT;
    }
    if (thrown instanceof NetworkFileSystemException) {
      return NETWORK;
    }
    if (thrown instanceof DiskException disk) {
      return ofOwn(disk);
    }
    if (thrown instanceof SQLiteException sqlite) {
      return ofCode(sqlite.getResultCode());
    }
    return thrown instanceof IOException file ? ofFile(file) : null;
  }

  /** What the store found itself; else its cause says more. */
  private static @Nullable Trouble ofOwn(DiskException thrown) {
    if (thrown.isTooLarge()) {
      return TOO_LARGE;
    }
    if (thrown.isTransient()) {
      return BUSY;
    }
    return thrown.pointsToDamage() && thrown.getCause() == null ? CORRUPT : null;
  }

  /** What a code of SQLite means. */
  static Trouble ofCode(SQLiteErrorCode code) {
    return having(code).orElseGet(() -> having(primaryOf(code)).orElse(FAILURE));
  }

  private static Optional<Trouble> having(SQLiteErrorCode code) {
    return Stream.of(values()).filter(trouble -> trouble.codes.contains(code)).findFirst();
  }

  private static SQLiteErrorCode primaryOf(SQLiteErrorCode code) {
    return Arrays.stream(SQLiteErrorCode.values())
        .filter(candidate -> candidate.code == (code.code & 0xFF))
        .findFirst()
        .orElse(SQLiteErrorCode.UNKNOWN_ERROR);
  }

  private static Trouble ofFile(IOException thrown) {
    if (thrown instanceof NoSuchFileException || thrown instanceof NotDirectoryException) {
      return GONE;
    }
    if (thrown instanceof AccessDeniedException || thrown instanceof FileSystemLoopException) {
      return FORBIDDEN;
    }
    String reason = thrown instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : String.valueOf(thrown.getMessage());
    String text = reason.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(trouble -> trouble.texts.stream().anyMatch(text::contains))
        .findFirst()
        .orElse(FAILURE);
  }
}
