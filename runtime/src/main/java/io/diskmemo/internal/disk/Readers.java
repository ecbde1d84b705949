package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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
  private final Places places;
  private final Deque<Statements> idle = new ArrayDeque<>(); // guarded by itself
  private final int most;
  private volatile boolean closed;

  Readers(Database database, LongSupplier liveGeneration, Duration timeout, int most) {
    this.database = database;
    this.liveGeneration = liveGeneration;
    this.timeout = timeout;
    this.most = most;
    this.places = new Places(most, DiskPatience.NANOS, System::nanoTime);
  }

  <T> T read(String operation, Writer.StatementsUse<T> use) {
    enter(operation);
    try {
      requireOpen(operation); // it may have been closed while this waited
      return readWith(takeOrOpen(), use);
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } finally {
      places.leave();
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

  private void enter(String operation) {
    requireOpen(operation);
    if (!isEntered()) {
      throw new DiskException(
          operation,
          true,
          "all " + most + " readers were busy for " + timeout + ", or none of them ended for "
              + Duration.ofNanos(DiskPatience.NANOS));
    }
  }

  /** An interrupt does not end the wait, which may begin anew with it, and is kept. */
  private boolean isEntered() {
    Places.Arrival arrival = places.enter(timeout);
    if (arrival != Places.Arrival.INTERRUPTED) {
      return arrival == Places.Arrival.INSIDE;
    }
    try {
      long end = System.nanoTime() + timeout.toNanos();
      while (arrival == Places.Arrival.INTERRUPTED) {
        Thread.interrupted();
        arrival = places.enter(Duration.ofNanos(end - System.nanoTime()));
      }
      return arrival == Places.Arrival.INSIDE;
    } finally {
      Thread.currentThread().interrupt();
    }
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
    closeIdleBefore(Long.MAX_VALUE);
  }

  /** Closes those that nobody uses now and that read a database whose place another took. */
  void closeSuperseded() {
    closeIdleBefore(liveGeneration.getAsLong());
  }

  private void giveBack(Statements statements) {
    synchronized (idle) {
      idle.addFirst(statements);
    }
  }

  @Override
  public void close() {
    closed = true;
    places.enterAll(); // waits for reads under way
    try {
      closeIdleBefore(Long.MAX_VALUE);
    } finally {
      places.leaveAll(); // for those that wait, and find it closed
    }
  }

  private void closeIdleBefore(long generation) {
    DiskException failure = null;
    for (Statements next = takeIdleBefore(generation);
        next != null;
        next = takeIdleBefore(generation)) { // a close may wait; readers need not
      try {
        next.close();
      } catch (SQLException e) {
        failure = DiskException.first(failure, new DiskException("close the database", e));
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable Statements takeIdleBefore(long generation) {
    synchronized (idle) {
      for (Iterator<Statements> all = idle.iterator(); all.hasNext(); ) {
        Statements statements = all.next();
        if (statements.generation() < generation) {
          all.remove();
          return statements;
        }
      }
      return null;
    }
  }
}
