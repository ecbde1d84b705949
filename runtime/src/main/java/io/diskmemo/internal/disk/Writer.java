package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of this process that writes to a kind. Thread-safe: transactions wait for each
 * other, first in this process, then for those of other processes.
 *
 * <p>A transaction begins {@code IMMEDIATE}, because one that turned into a writer later would fail
 * at once, whatever the timeout. It runs no user code. The waits for the turn and for the lock of the
 * database take the timeout together.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final WriteQueue queue;
  private final LiveConnection live; // guarded by the turn
  private final StoreLimits limits;
  private final Coherence coherence;
  private final Successor successor;
  private final WriterProgress progress;
  private final Transactions transactions; // guarded by the turn
  private boolean closed; // guarded by the turn

  /** What happens in a transaction. It may be made more than once, if others in it fail. */
  interface Change<T> {
    T make(Transaction transaction) throws SQLException;
  }

  /** A change, and the stamp that what it stored has, or {@link Coherence#UNSTABLE}. */
  record Result<T>(T value, long stamp) {}

  private Writer(
      WriteQueue queue,
      LiveConnection live,
      StoreLimits limits,
      Successor successor,
      WriterProgress progress,
      Transactions transactions) {
    this.queue = queue;
    this.live = live;
    this.limits = limits;
    this.coherence = live.coherence();
    this.successor = successor;
    this.progress = progress;
    this.transactions = transactions;
  }

  /** Opens the database, as {@link LiveConnection#open} does. */
  static Writer open(
      KindFiles files,
      Database database,
      StoreLimits limits,
      ValueFiles valueFiles,
      MethodsInUse methodsInUse,
      WriteQueue queue)
      throws SQLException {
    LiveConnection live = LiveConnection.open(files, database, limits, queue);
    try {
      WriterProgress progress = new WriterProgress();
      LogLimit logLimit = new LogLimit(files, limits);
      return new Writer(
          queue,
          live,
          limits,
          new Successor(files, database, limits),
          progress,
          new Transactions(live, limits, valueFiles, methodsInUse, logLimit, progress));
    } catch (RuntimeException | Error e) {
      live.closeAfter(e);
      throw e;
    }
  }

  Coherence coherence() {
    return coherence;
  }

  WriterProgress progress() {
    return progress;
  }

  /** Makes a change in a transaction of its own. */
  <T> Result<T> write(String operation, Change<T> change) {
    takeTurn(operation);
    try {
      return transact(operation, change);
    } finally {
      endTurn();
    }
  }

  private void takeTurn(String operation) {
    long deadline = queue.takeTurn(operation);
    try {
      live.waitUntil(deadline);
    } catch (RuntimeException | Error e) {
      queue.endTurn();
      throw e;
    }
  }

  /** Files are deleted when others can write again, and when memory tiers are told. */
  private void endTurn() {
    queue.endTurn();
    transactions.deleteDoomed();
  }

  /** Makes a change in a transaction with those of other threads that wait now. */
  <T> Result<T> writeTogether(String operation, Change<T> change) {
    Result<T> result = queue.join(new WriteQueue.Waiting<>(operation, change), this::make);
    transactions.deleteDoomed();
    return result;
  }

  /** Waits for the lock until the first of them has waited long enough. */
  private void make(List<WriteQueue.Waiting<?>> group) {
    long until = WriteQueue.firstDeadline(group);
    if (group.size() == 1) {
      makeAlone(group.get(0), until);
    } else {
      makeTogether(group, until);
    }
  }

  private void makeTogether(List<WriteQueue.Waiting<?>> group, long until) {
    long stamp;
    try {
      live.waitUntil(until);
      stamp = transact("write", transaction -> {
            for (WriteQueue.Waiting<?> one : group) {
              one.make(transaction);
            }
            return group.size();
          })
          .stamp();
    } catch (DiskException e) {
      if (e.isTransient()) { // each alone would wait as long once more
        group.forEach(one -> failed(one, e, until));
      } else {
        makeEachAlone(group, until, e);
      }
      return;
    } catch (RuntimeException | Error e) {
      makeEachAlone(group, until, e);
      return;
    }
    for (int i = 0; i < group.size(); i++) { // takes no memory: they are committed
      group.get(i).committed(stamp);
    }
  }

  private void makeEachAlone(List<WriteQueue.Waiting<?>> group, long until, Throwable reason) {
    LOG.debug("of {} changes, one fails; each gets a transaction of its own", group.size(), reason);
    group.forEach(one -> makeAlone(one, until));
  }

  private void makeAlone(WriteQueue.Waiting<?> one, long until) {
    long stamp;
    try {
      live.waitUntil(until);
      stamp = transact(one.operation(), one::make).stamp();
    } catch (DiskException e) {
      failed(one, e, until);
      return;
    } catch (RuntimeException e) {
      one.failed(e);
      return;
    } catch (Error e) {
      one.failed(e);
      return;
    }
    one.committed(stamp);
  }

  /** What has time left goes back to the queue, because the time was up of somebody else. */
  private void failed(WriteQueue.Waiting<?> one, DiskException reason, long until) {
    if (!reason.isTransient() || !queue.isOver(until) || queue.isOver(one.deadline())) {
      one.failed(reason);
    }
  }

  private <T extends @Nullable Object> Result<T> transact(String operation, Change<T> change) {
    requireOpen(operation);
    return transactions.run(operation, change);
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new DiskException(operation, false, "the store is closed");
    }
  }

  /**
   * Makes the next change with a connection of its own. What memory tiers hold is compared with the
   * disk again.
   */
  void reopen() {
    queue.takeTurnWhenever();
    try {
      live.suspect();
      coherence.takeTicket(); // ended under the write lock, by the next change
    } finally {
      queue.endTurn();
    }
  }

  /**
   * Puts a new database in the place of the live one. What is computed meanwhile will not be stored.
   *
   * @param filling of the new one, which begins with empty tables
   */
  <T> T replaceDatabase(String operation, Successor.Filling<T> filling) {
    return replaceDatabase(operation, old -> successor.begin(old, filling));
  }

  /**
   * Puts a database that is made already in the place of the live one.
   *
   * @param prepared its file, which nobody has open, beside the live one
   * @param filling the rest, when nobody can write to the live one any more
   */
  <T> T replaceDatabase(String operation, Path prepared, Successor.Filling<T> filling) {
    return replaceDatabase(operation, old -> successor.begin(old, prepared, filling));
  }

  private <T> T replaceDatabase(String operation, Change<T> replacement) {
    takeTurn(operation);
    try {
      T filled = transact(operation, old -> {
            old.invalidateMemory();
            return replacement.make(old);
          })
          .value();
      live.waitUntil(queue.deadline()); // that of the change may be over, and it is committed
      live.followSuccessors();
      return filled;
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } finally {
      endTurn();
    }
  }

  /** Lets go of a database whose place another took, whose room nobody else can give back. */
  void moveOn() {
    String operation = "go on to the live database";
    try {
      if (live.isSuperseded()) {
        moveOn(operation);
      }
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    }
  }

  private void moveOn(String operation) throws SQLException, IOException {
    takeTurn(operation);
    try {
      requireOpen(operation);
      live.use();
    } finally {
      endTurn();
    }
  }

  /**
   * Deletes databases that were superseded, and those that nobody finished.
   *
   * @param done of which no value file is left; others stay
   */
  int deleteSuperseded(String operation, Set<Long> done) {
    takeTurn(operation);
    try {
      return transact(operation, transaction -> live.deleteOthers(done)).value();
    } finally {
      endTurn();
    }
  }

  boolean isInPlace() throws IOException {
    return live.isInPlace();
  }

  /** Closes a gap that a dead process left between the counters, unless somebody is writing. */
  void closeGapIfIdle() {
    if (isTurnFree()) {
      try {
        if (!closed) {
          live.closeGapWithoutWaiting();
        }
      } catch (SQLException e) {
        throw new DiskException("close the gap", e);
      } catch (IOException e) {
        throw new DiskException("close the gap", e);
      } finally {
        queue.endTurn();
      }
    }
  }

  /** Takes the turn if nobody else has it, for what waits for nobody. */
  private boolean isTurnFree() {
    boolean free = queue.takeTurnIfFree();
    if (free) {
      live.waitForNobody();
    }
    return free;
  }

  /** Makes a change unless somebody else is writing, in this process or another; then it fails. */
  <T> T writeIfFree(String operation, Change<T> change) {
    if (!isTurnFree()) {
      throw new DiskException(operation, true, "another thread is writing");
    }
    try {
      return transact(operation, change).value();
    } finally {
      endTurn();
    }
  }

  /** Outside transactions, for pragmas and checks. */
  <T> T alone(String operation, StatementsUse<T> use) {
    takeTurn(operation);
    try {
      requireOpen(operation);
      live.use();
      live.statements().waitAtMost(limits.timeoutMillis());
      progress.writing(); // none of it waits for locks, so that what takes long is the disk
      return use.apply(live.statements());
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } finally {
      progress.ended();
      queue.endTurn();
    }
  }

  /** Something done with statements. */
  interface StatementsUse<T> {
    T apply(Statements statements) throws SQLException;
  }

  @Override
  public void close() {
    queue.takeTurnWhenever();
    try {
      closed = true;
      transactions.reportFailedEffect();
      live.close();
    } catch (SQLException e) {
      throw new DiskException("close the database", e);
    } finally {
      queue.endTurn();
    }
  }
}
