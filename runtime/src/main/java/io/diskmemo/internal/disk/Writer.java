package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one connection of this process that writes to a kind. Thread-safe: transactions wait for each
 * other, first in this process, then for those of other processes.
 *
 * <p>A transaction begins {@code IMMEDIATE}, because one that turned into a writer later would fail
 * at once, whatever the timeout. It runs no user code.
 */
final class Writer implements AutoCloseable {
  private static final long NO_TICKET = -1;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Database database;
  private Statements statements; // guarded by the lock
  private boolean suspect; // guarded by the lock
  private final Duration timeout;
  private final Coherence coherence;
  private boolean closed; // guarded by the lock

  /** What happens in a transaction. */
  interface Change<T> {
    T make(Transaction transaction) throws SQLException;
  }

  /** A change and the stamp that it left. */
  record Result<T>(T value, long stamp) {}

  /** The tables as a change sees them. */
  static final class Transaction {
    final Statements statements;
    final State state;
    final Names names;
    final Entries entries;
    private boolean invalidates;

    Transaction(Statements statements) throws SQLException {
      this.statements = statements;
      this.state = State.read(statements);
      this.names = new Names(statements);
      this.entries = new Entries(statements, names);
    }

    /**
     * Removes the entries stored longest ago. Results of methods stay true in memory; what was put by
     * hand may be put again as something else.
     */
    long cull(long bytesOver, long mostEntries) throws SQLException {
      Entries.Culled culled = entries.cull(bytesOver, mostEntries, state);
      invalidates |= culled.byHand();
      return culled.entries();
    }

    /** Says that what memory tiers hold may no longer be true. */
    void invalidateMemory() {
      invalidates = true;
    }
  }

  private Writer(Database database, Statements statements, Duration timeout, Coherence coherence) {
    this.database = database;
    this.statements = statements;
    this.timeout = timeout;
    this.coherence = coherence;
  }

  /**
   * Opens the database, makes what is missing of it, and maps the counters beside it. Where nothing
   * is missing, it waits for no lock: a process that is stopped while it writes must not stop others from
   * starting.
   */
  static Writer open(Database database, Duration timeout, Path kindDirectory) throws SQLException {
    Statements statements = connect(database);
    try {
      if (!Schema.isComplete(statements.connection()) || !Coherence.isWhole(kindDirectory)) {
        complete(statements, kindDirectory);
      }
      Coherence coherence = Coherence.open(kindDirectory);
      Writer writer = new Writer(database, statements, timeout, coherence);
      if (coherence.stamp() == Coherence.UNSTABLE) {
        writer.closeGapIfIdle();
      }
      return writer;
    } catch (SQLException | RuntimeException e) {
      statements.close(); // rolls back
      throw e;
    } catch (IOException e) {
      statements.close();
      throw new DiskException("map the counters", e);
    }
  }

  private static Statements connect(Database database) throws SQLException {
    Statements statements = new Statements(database.openWriter());
    try {
      statements.execute("PRAGMA temp_store = MEMORY");
      statements.execute(Entries.CREATE_DOOMED);
      return statements;
    } catch (SQLException | RuntimeException e) {
      statements.close();
      throw e;
    }
  }

  /** Under the write lock, so that two processes never do it at once. */
  private static void complete(Statements statements, Path kindDirectory)
      throws SQLException, IOException {
    statements.execute("BEGIN IMMEDIATE");
    Schema.createIfMissing(statements.connection());
    Coherence.createOrMend(kindDirectory);
    statements.execute("COMMIT");
  }

  Coherence coherence() {
    return coherence;
  }

  /** Makes a change in a transaction of its own. */
  <T> Result<T> write(String operation, Change<T> change) {
    acquire(operation);
    try {
      replaceSuspect();
      statements.execute("BEGIN IMMEDIATE");
      return committed(change);
    } catch (SQLException e) {
      DiskException failure = new DiskException(operation, e);
      suspect |= !failure.isTransient();
      throw failure;
    } catch (Error e) {
      suspect = true; // the stack may have ended anywhere, even inside the driver
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** A connection that failed may go on failing, or hold a transaction that nobody can end. */
  private void replaceSuspect() throws SQLException {
    if (suspect) {
      statements.close();
      statements = connect(database);
      suspect = false;
    }
  }

  private <T> Result<T> committed(Change<T> change) throws SQLException {
    long ticket = NO_TICKET;
    try {
      coherence.closeGap();
      Transaction transaction = new Transaction(statements);
      T value = change.make(transaction);
      transaction.state.writeIfChanged(statements);
      if (transaction.invalidates) {
        ticket = coherence.takeTicket();
      }
      long stamp = coherence.started();
      statements.execute("COMMIT");
      coherence.countCommit();
      return new Result<>(value, stamp);
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    } finally {
      if (ticket != NO_TICKET) {
        coherence.finish(ticket);
      }
    }
  }

  /** SQLite may have rolled back by itself, so that a failure of this adds to the first. */
  private void rollBack(Throwable reason) {
    try {
      statements.execute("ROLLBACK");
    } catch (SQLException | RuntimeException | Error e) {
      suspect = true;
      reason.addSuppressed(e);
    }
  }

  /** Closes a gap that a dead process left between the counters, unless somebody is writing. */
  void closeGapIfIdle() {
    if (lock.tryLock()) {
      try {
        if (!closed) {
          closeGapWithoutWaiting();
        }
      } catch (SQLException e) {
        throw new DiskException("close the gap", e);
      } finally {
        lock.unlock();
      }
    }
  }

  private void closeGapWithoutWaiting() throws SQLException {
    statements.execute("PRAGMA busy_timeout = 0");
    try {
      statements.execute("BEGIN IMMEDIATE");
      coherence.closeGap();
      statements.execute("ROLLBACK");
    } catch (SQLException e) {
      if (!new DiskException("close the gap", e).isTransient()) {
        throw e;
      } // else the gap is the work of a writer who lives, and who will close it
    } finally {
      statements.execute("PRAGMA busy_timeout = " + timeout.toMillis());
    }
  }

  private void acquire(String operation) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DiskException(
            operation, true, "other threads of this process were writing for " + timeout);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      throw new DiskException(operation, true, "interrupted while waiting for other threads");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (closed) {
      lock.unlock();
      throw new DiskException(operation, false, "the store is closed");
    }
  }

  /** Outside transactions, for pragmas and checks. */
  <T> T alone(String operation, StatementsUse<T> use) {
    acquire(operation);
    try {
      return use.apply(statements);
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } finally {
      lock.unlock();
    }
  }

  /** Something done with statements. */
  interface StatementsUse<T> {
    T apply(Statements statements) throws SQLException;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      statements.close();
    } catch (SQLException e) {
      throw new DiskException("close the database", e);
    } finally {
      lock.unlock();
    }
  }
}
