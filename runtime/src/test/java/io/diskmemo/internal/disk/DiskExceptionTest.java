package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.resilience.Trouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DiskExceptionTest {
  /** Only a look at the whole database tells whether its tables are what they should be. */
  @ParameterizedTest
  @CsvSource({
    "SQLITE_ERROR, no such table: entry, CORRUPT",
    "SQLITE_ERROR, no such column: tags, CORRUPT",
    "SQLITE_CONSTRAINT_PRIMARYKEY, UNIQUE constraint failed: entry.id, CORRUPT",
    "SQLITE_CONSTRAINT_UNIQUE, UNIQUE constraint failed: entry.key, CORRUPT",
    "SQLITE_ERROR, cannot start a transaction within a transaction, FAILURE",
    "SQLITE_IOERR_READ, disk I/O error, FAILURE"
  })
  void whatSqliteSaysOfTablesIsAReasonToLook(
      SQLiteErrorCode code, String message, Trouble trouble) {
    SQLiteException said = new SQLiteException(message, code);
    DiskException failure = new DiskException("store", said);

    assertThat(Trouble.of(failure)).isEqualTo(trouble);
    Stream<Throwable> beneath =
        Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()));
    assertThat(beneath).as("what SQLite said is there to be read").containsExactly(said);
  }

  /** The last one took the place of the others. */
  @Test
  void firstOfSeveralHasTheOthers() {
    DiskException first = new DiskException("close a", false, "first");
    DiskException second = new DiskException("close b", false, "second");

    DiskException kept = DiskException.first(null, first);
    assertThat(DiskException.first(kept, second)).isSameAs(first);
    assertThat(first.getSuppressed()).containsExactly(second);
  }
}
