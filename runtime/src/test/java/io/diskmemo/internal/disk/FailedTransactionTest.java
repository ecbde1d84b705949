package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** A failure after which SQLite has rolled back by itself, so that the end of the transaction fails too. */
class FailedTransactionTest {
  @TempDir
  private Path directory;

  private Statements statements;

  @BeforeEach
  void open() throws Exception {
    TestLimits limits = TestLimits.ample();
    limits.open(directory, new TestClock()).close();
    KindFiles files =
        StoreDirectory.openOrCreate(directory).createKind("default", 1).get(0);
    statements = new Database(files::database, limits.limits()).openWriter(1);
    statements.number("PRAGMA max_page_count = 1"); // as many as there are: it is full
  }

  @AfterEach
  void close() throws Exception {
    statements.close();
  }

  private int fill() throws SQLException {
    return statements.update("INSERT INTO setting VALUES ('a', zeroblob(1000000))");
  }

  /** That no transaction was active was thrown, and nothing of what had happened. */
  @Test
  void firstFailureIsThrown() {
    SQLException thrown =
        catchThrowableOfType(SQLException.class, () -> statements.asOfOneCommit(this::fill));

    assertThat(DiskException.isOneOf(thrown, SQLiteErrorCode.SQLITE_FULL)).isTrue();
    assertThat(thrown.getSuppressed())
        .singleElement()
        .asString()
        .contains("no transaction is active");
  }

  @Test
  void failureThatLeavesTheTransactionIsRolledBack() throws Exception {
    SQLException thrown = catchThrowableOfType(
        SQLException.class,
        () ->
            statements.asOfOneCommit(() -> statements.number("SELECT abs(-9223372036854775808)")));

    assertThat(thrown.getSuppressed()).isEmpty();
    assertThat(statements.asOfOneCommit(() -> statements.number("SELECT 1"))).hasValue(1);
  }
}
