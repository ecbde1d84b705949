package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries again while another process is in the way, for the few statements that SQLite fails at once
 * instead of waiting, such as the change to a write-ahead log.
 */
final class Busy {
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Busy() {}

  /** Something that another process can be in the way of. */
  interface Attempt<T> {
    T run() throws SQLException;
  }

  static <T> T retry(Duration timeout, Attempt<T> attempt) throws SQLException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        if (!new DiskException("", e).isTransient() || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
      }
    }
  }
}
