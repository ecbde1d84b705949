package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A small fixed number of connections that read, however many threads ask. Thread-safe; connections
 * are opened when first needed.
 */
final class Readers implements AutoCloseable {
  private final Database database;
  private final LongSupplier liveGeneration;
  private final Duration timeout;
  private final Semaphore permits;
  private final Deque<Statements> idle = new ArrayDeque<>(); // guarded by itself
  private final int most;
  private volatile boolean closed;
  private final AtomicLong endedReads = new AtomicLong();

  Readers(Database database, LongSupplier liveGeneration, Duration timeout, int most) {
    this.database = database;
    this.liveGeneration = liveGeneration;
    this.timeout = timeout;
    this.most = most;
    this.permits = new Semaphore(most);
  }

  <T> T read(String operation, Writer.StatementsUse<T> use) {
    acquire(operation);
    try {
      requireOpen(operation); // it may have been closed while this waited
      return readWith(takeOrOpen(), use);
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } finally {
      endedReads.incrementAndGet();
      permits.release();
    }
  }

  /** A connection that failed is not used again. */
  private <T> T readWith(Statements statements, Writer.StatementsUse<T> use) throws SQLException {
    boolean healthy = false;
    try {
      T value = use.apply(statements);
      healthy = true;
      return value;
    } finally {
      if (healthy) {
        giveBack(statements);
      } else {
        statements.close();
      }
    }
  }

  private void acquire(String operation) {
    requireOpen(operation);
    if (permits.tryAcquire()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!isAcquired()) {
        throw new DiskException(
            operation,
            true,
            "all " + most + " readers were busy for " + timeout + ", or none of them ended for "
                + Duration.ofNanos(DiskPatience.NANOS));
      }
    } catch (InterruptedException e) {
      interrupted = true;
      throw new DiskException(operation, true, "interrupted while waiting for a reader");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Where nobody ends, the disk does not answer, and one more would only wait as well; unless this wait
   * took so long that the machine stood still, and with it those who read. Who looks more often loses his
   * place in line more often.
   */
  private boolean isAcquired() throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    long left = timeout.toNanos();
    while (left > 0) {
      long ended = endedReads.get();
      long asked = Math.min(left, DiskPatience.NANOS);
      long begun = System.nanoTime();
      if (permits.tryAcquire(asked, TimeUnit.NANOSECONDS)) {
        return true;
      }
      long now = System.nanoTime();
      boolean isInVain = endedReads.get() == ended && now - begun < 2 * asked;
      left = isInVain ? 0 : end - now;
    }
    return false;
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new DiskException(operation, false, "the store is closed");
    }
  }

  /** A connection to a database that was superseded is not used again. */
  private Statements takeOrOpen() throws SQLException {
    for (Statements next = takeIdle(); next != null; next = takeIdle()) {
      if (next.generation() == liveGeneration.getAsLong()) {
        return next;
      }
      next.close();
    }
    return open();
  }

  private @Nullable Statements takeIdle() {
    synchronized (idle) {
      return idle.pollFirst();
    }
  }

  private Statements open() throws SQLException {
    while (true) {
      long generation = liveGeneration.getAsLong();
      try {
        return database.openReader(generation);
      } catch (SQLException e) {
        if (generation == liveGeneration.getAsLong()) {
          throw e;
        } // else it was superseded and deleted meanwhile
      }
    }
  }

  /** Closes those that nobody uses now; what is used now goes on. */
  void reopen() {
    closeIdle();
  }

  private void giveBack(Statements statements) {
    synchronized (idle) {
      idle.addFirst(statements);
    }
  }

  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(most); // waits for reads under way
    try {
      closeIdle();
    } finally {
      permits.release(most); // for those that wait, and find it closed
    }
  }

  private void closeIdle() {
    synchronized (idle) {
      SQLException first = null;
      for (Statements statements : idle) {
        try {
          statements.close();
        } catch (SQLException e) {
          first = e;
        }
      }
      idle.clear();
      if (first != null) {
        throw new DiskException("close the database", first);
      }
    }
  }
}
