package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives room back to the file system: free pages at the end of the database, in steps that each hold
 * the write lock for a moment, and the log. Some free pages are kept for what is stored next.
 */
final class Compaction {
  private static final int PAGES_PER_STEP = 500;
  private static final int MOST_FREE_PERCENT = 10;
  private static final int TRIES = 10;
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private final Writer writer;
  private final Coherence coherence;
  private final StoreLimits limits;

  Compaction(Writer writer, Coherence coherence, StoreLimits limits) {
    this.writer = writer;
    this.coherence = coherence;
    this.limits = limits;
  }

  /** Returns by how many bytes the database is smaller. */
  long run(Pace pace) {
    long pages = pace.givingWay()
        .repeat(() -> writer
            .write("compact", transaction -> freed(transaction.statements))
            .value());
    truncateLog();
    return pages == 0
        ? 0
        : pages * writer.alone("compact", statements -> number(statements, "page_size"));
  }

  private static long freed(Statements statements) throws SQLException {
    long before = number(statements, "page_count");
    if (number(statements, "freelist_count") * 100 <= before * MOST_FREE_PERCENT) {
      return 0;
    }
    try (Statement statement = statements.connection().createStatement()) {
      // by the one method of the driver that lets the statement run to its end
      statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_PER_STEP + ")");
    }
    return before - number(statements, "page_count");
  }

  private static long number(Statements statements, String pragma) throws SQLException {
    return statements.number("PRAGMA " + pragma).orElseThrow();
  }

  /**
   * Most of the log is copied while others read and write. It is cut only when nobody reads: idle
   * readers let go when they see a commit. Others are not waited for, because whoever waits for them
   * keeps writers out.
   */
  private void truncateLog() {
    writer.alone("copy the log", statements -> isCopied(statements, "PASSIVE"));
    for (int i = 0; i < TRIES; i++) {
      if (writer.alone("cut the log", this::isCut)) {
        return;
      }
      coherence.countCommit();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isCut(Statements statements) throws SQLException {
    statements.waitAtMost(0);
    try {
      return isCopied(statements, "TRUNCATE");
    } catch (SQLException e) {
      if (new DiskException("cut the log", e).isTransient()) {
        return false;
      }
      throw e;
    } finally {
      statements.waitAtMost(limits.timeoutMillis());
    }
  }

  /** The pragma says whether somebody was in its way. */
  private static boolean isCopied(Statements statements, String mode) throws SQLException {
    return statements.number("PRAGMA wal_checkpoint(" + mode + ")").orElse(0) == 0;
  }
}
