package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class TroubleTest {
  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, BUSY",
    "SQLITE_BUSY_SNAPSHOT, BUSY",
    "SQLITE_BUSY_RECOVERY, BUSY",
    "SQLITE_LOCKED_SHAREDCACHE, BUSY",
    "SQLITE_IOERR_BLOCKED, BUSY",
    "SQLITE_FULL, FULL",
    "SQLITE_IOERR, FAILURE",
    "SQLITE_IOERR_READ, FAILURE",
    "SQLITE_IOERR_SHORT_READ, FAILURE",
    "SQLITE_IOERR_FSYNC, FAILURE",
    "SQLITE_IOERR_CORRUPTFS, FAILURE",
    "SQLITE_IOERR_NOMEM, TOO_LARGE",
    "SQLITE_NOMEM, TOO_LARGE",
    "SQLITE_TOOBIG, TOO_LARGE",
    "SQLITE_CORRUPT, CORRUPT",
    "SQLITE_CORRUPT_INDEX, CORRUPT",
    "SQLITE_NOTADB, CORRUPT",
    "SQLITE_READONLY, FORBIDDEN",
    "SQLITE_READONLY_DIRECTORY, FORBIDDEN",
    "SQLITE_READONLY_DBMOVED, GONE",
    "SQLITE_CANTOPEN, FORBIDDEN",
    "SQLITE_CANTOPEN_ISDIR, FORBIDDEN",
    "SQLITE_PERM, FORBIDDEN",
    "UNKNOWN_ERROR, FAILURE"
  })
  void aCodeOfSqliteHasItsMeaning(SQLiteErrorCode code, Trouble trouble) {
    assertThat(Trouble.of(new SQLiteException("said", code))).isEqualTo(trouble);
  }

  /** Whatever the next release of SQLite has, calls go on. */
  @ParameterizedTest
  @EnumSource(SQLiteErrorCode.class)
  void noCodeIsWithoutReaction(SQLiteErrorCode code) {
    Set<SQLiteErrorCode> noErrors = EnumSet.of(
        SQLiteErrorCode.SQLITE_OK,
        SQLiteErrorCode.SQLITE_ROW,
        SQLiteErrorCode.SQLITE_DONE,
        SQLiteErrorCode.SQLITE_OK_LOAD_PERMANENTLY);
    if (!noErrors.contains(code)) {
      Trouble trouble = Trouble.ofCode(code);
      boolean isPageOrDisk = code.name().startsWith("SQLITE_IOERR");
      assertThat(trouble == Trouble.CORRUPT && isPageOrDisk)
          .as("an error of reading or writing never calls for a repair")
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, FULL",
    "Disk quota exceeded, FULL",
    "Read-only file system, FORBIDDEN",
    "Operation not permitted, FORBIDDEN",
    "Input/output error, FAILURE",
    "Too many open files, FAILURE",
    "Stale file handle, GONE",
    "Not a directory, GONE",
    "File too large, TOO_LARGE",
    "Kein Text den jemand kennt, FAILURE"
  })
  void aReasonOfTheFileSystemHasItsMeaning(String reason, Trouble trouble) {
    assertThat(Trouble.of(new FileSystemException("file", null, reason))).isEqualTo(trouble);
    assertThat(Trouble.of(new UncheckedIOException(new IOException(reason)))).isEqualTo(trouble);
  }

  @Test
  void exceptionsOfTheFileSystemHaveTheirMeaning() {
    assertThat(Trouble.of(new NoSuchFileException("file"))).isEqualTo(Trouble.GONE);
    assertThat(Trouble.of(new NotDirectoryException("file"))).isEqualTo(Trouble.GONE);
    assertThat(Trouble.of(new AccessDeniedException("file"))).isEqualTo(Trouble.FORBIDDEN);
  }

  @Test
  void whatNobodyKnowsCounts() {
    assertThat(Trouble.of(new IllegalStateException())).isEqualTo(Trouble.FAILURE);
    assertThat(Trouble.of(new IOException((String) null))).isEqualTo(Trouble.FAILURE);
    assertThat(Trouble.of(new OutOfMemoryError())).isEqualTo(Trouble.TOO_LARGE);
  }
}
