package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idle read transaction that makes all other reads of this process cheaper. While a connection of
 * the process has one, SQLite shares its lock with the others, which then make no system calls for
 * locks: that halves the cost of a read. Each read is a transaction of its own all the same, and sees
 * the latest commit.
 *
 * <p>As long as anybody reads, the log cannot begin anew, and grows. So it is held only while nobody
 * commits: every few milliseconds a thread looks at the counter of commits, begins after a while
 * without one, and ends when there is one; and it ends, as does the thread, when nobody reads any more.
 * Thread-safe.
 */
final class Pin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** How often {@link #tick} is to be called. */
  static final Duration INTERVAL = Duration.ofMillis(5);

  private static final long QUIET_NANOS = Duration.ofMillis(20).toNanos();
  private static final long UNUSED_NANOS = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final Coherence coherence;
  private volatile boolean wanted; // set by readers, taken back by ticks
  private @Nullable Statements held; // guarded by this, as is all below
  private boolean closed;
  private long commits;
  private long changedNanos;
  private long usedNanos;

  Pin(Database database, Coherence coherence) {
    this.database = database;
    this.coherence = coherence;
  }

  /** To be called by whoever reads. */
  void use() {
    if (!wanted) {
      want();
      begin();
    }
  }

  /** Without it, reads are only slower. */
  private void begin() {
    try {
      PinThread.start(this);
    } catch (OutOfMemoryError e) { // no thread can be had
      LOG.debug("no pin for now", e);
      wanted = false;
    }
  }

  void want() {
    wanted = true;
  }

  /**
   * Looks whether to begin or to end.
   *
   * @param nowNanos of a clock that only goes forward
   * @return false once nobody reads, and all is ended
   */
  synchronized boolean tick(long nowNanos) {
    if (wanted) {
      usedNanos = nowNanos;
      wanted = false;
    }
    if (closed || nowNanos - usedNanos > UNUSED_NANOS) {
      release();
      return false;
    }
    coherence.look();
    long commitsNow = coherence.commits();
    if (commitsNow != commits) {
      commits = commitsNow;
      changedNanos = nowNanos;
      release();
    } else if (held == null && nowNanos - changedNanos >= QUIET_NANOS) {
      hold(nowNanos);
    }
    return true;
  }

  /** Without it, reads are only slower. */
  private void hold(long nowNanos) {
    Statements statements = null;
    try {
      statements = database.openReader(coherence.generation());
      statements.execute("BEGIN");
      statements.number("SELECT sequence FROM state");
      held = statements;
    } catch (SQLException | DiskException e) {
      LOG.debug("no pin for now", e);
      changedNanos = nowNanos + UNUSED_NANOS;
    } finally {
      if (held == null) {
        close(statements);
      }
    }
  }

  /** Ends what is held, until somebody reads again. */
  synchronized void drop() {
    wanted = false;
    release();
  }

  /** Ends what is held of a database whose place another took. */
  synchronized void releaseSuperseded() {
    if (held != null && held.generation() < coherence.generation()) {
      release();
    }
  }

  private void release() {
    close(held);
    held = null;
  }

  private static void close(@Nullable Statements statements) {
    try {
      if (statements != null) {
        statements.close();
      }
    } catch (SQLException e) {
      LOG.debug("the pin cannot be closed", e);
    }
  }

  /** Whether somebody read since the last look. */
  synchronized boolean isWanted() {
    return wanted && !closed;
  }

  synchronized boolean isHeld() {
    return held != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    release();
  }
}
