package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log short beside readers that leave no pause. SQLite begins it anew only when
 * all of it is in the database and nobody reads from it, and does not wait for that moment; so when it
 * has become long, this does, for a moment, with readers waiting for nothing and writers for this. Used
 * in the writer's turn, between transactions.
 */
final class LogLimit {
  private static final long MOST_BYTES = 16 << 20;
  private static final int COMMITS_BETWEEN = 64;
  private static final int MOST_COMMITS_BETWEEN = 16 * COMMITS_BETWEEN;
  private static final int WAIT_MILLIS = 50;

  private final KindFiles files;
  private final StoreLimits limits;
  private int commitsBetween = COMMITS_BETWEEN;
  private int commits;

  LogLimit(KindFiles files, StoreLimits limits) {
    this.files = files;
    this.limits = limits;
  }

  /** To be called after each commit; looks now and then. */
  void committed(Statements statements) throws SQLException, IOException {
    if (++commits < commitsBetween) {
      return;
    }
    commits = 0;
    // somebody who reads for long, or is stopped while he does, is not waited for again and again
    commitsBetween = !isLong(statements) || isBegunAnew(statements)
        ? COMMITS_BETWEEN
        : Math.min(2 * commitsBetween, MOST_COMMITS_BETWEEN);
  }

  private boolean isLong(Statements statements) throws IOException {
    Path database = files.database(statements.generation());
    try {
      return Files.size(database.resolveSibling(database.getFileName() + "-wal")) > MOST_BYTES;
    } catch (NoSuchFileException e) {
      return false; // another journal mode
    }
  }

  private boolean isBegunAnew(Statements statements) throws SQLException {
    statements.waitAtMost(WAIT_MILLIS);
    try {
      return statements.number("PRAGMA wal_checkpoint(RESTART)").orElse(0) == 0;
    } catch (SQLException e) {
      if (new DiskException("begin the log anew", e).isTransient()) {
        return false;
      }
      throw e;
    } finally {
      statements.waitAtMost(limits.timeoutMillis());
    }
  }
}
