package io.diskmemo.internal.disk;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes in transactions of their own, for the one who has the turn.
 *
 * <p>What is committed is answered as such: nothing that follows a commit makes a change fail, because
 * the caller would undo what is there, or a change be made twice.
 */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final long NO_TICKET = -1;

  private final LiveConnection live;
  private final StoreLimits limits;
  private final Coherence coherence;
  private final ValueFiles valueFiles;
  private final MethodsInUse methodsInUse;
  private final LogLimit logLimit;
  private final WriterProgress progress;
  private volatile @Nullable Throwable failedEffect; // of a commit, until it is logged

  Transactions(
      LiveConnection live,
      StoreLimits limits,
      ValueFiles valueFiles,
      MethodsInUse methodsInUse,
      LogLimit logLimit,
      WriterProgress progress) {
    this.live = live;
    this.limits = limits;
    this.coherence = live.coherence();
    this.valueFiles = valueFiles;
    this.methodsInUse = methodsInUse;
    this.logLimit = logLimit;
    this.progress = progress;
  }

  <T extends @Nullable Object> Writer.Result<T> run(String operation, Writer.Change<T> change) {
    try {
      reportFailedEffect();
      live.use();
      while (true) {
        progress.waiting();
        live.begin();
        progress.writing();
        Writer.Result<T> result = committed(change);
        if (result != null) {
          shortenLog();
          return result;
        }
        live.followSuccessors();
      }
    } catch (SQLException e) {
      DiskException failure = new DiskException(operation, e);
      if (!failure.isTransient()) {
        live.suspect();
      }
      throw failure;
    } catch (DiskException e) {
      if (e.pointsToDamage()) {
        live.suspect();
      }
      throw e;
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } catch (Error e) {
      live.suspect(); // the stack may have ended anywhere, even inside the driver
      throw e;
    } finally {
      progress.ended();
    }
  }

  /** What was committed stays so, whatever comes of this. */
  private void shortenLog() {
    try {
      logLimit.committed(live.statements());
    } catch (SQLException | IOException e) {
      LOG.debug("the log stays as long as it is", e);
      live.suspect();
    } catch (RuntimeException | Error e) {
      failedEffect = e;
      live.suspect();
    }
  }

  /** Commits a change, unless another database took the place of this one; then it returns null. */
  private <T extends @Nullable Object> Writer.@Nullable Result<T> committed(Writer.Change<T> change)
      throws SQLException, IOException {
    Statements statements = live.statements();
    long ticket = NO_TICKET;
    long mark;
    Transaction transaction = null;
    Writer.Result<T> result;
    try {
      transaction = new Transaction(statements, limits);
      if (transaction.state.supersededBy() != 0) {
        statements.execute("ROLLBACK");
        return null;
      }
      live.attach(transaction.state);
      live.adopt();
      coherence.closeGap(); // the lock of a superseded database would keep nobody from a ticket
      mark = coherence.evictingMark();
      valueFiles.forget(transaction);
      methodsInUse.write(transaction);
      T value = change.make(transaction);
      transaction.state.writeIfChanged(statements);
      if (transaction.state.isEvicting()) {
        coherence.markEvicting(transaction.state.sequence());
      }
      coherence.raiseEvicted(transaction.state.sequence());
      if (transaction.invalidates()) {
        ticket = coherence.takeTicket();
      }
      long stamp = transaction.removedOwn() ? Coherence.UNSTABLE : coherence.ownStamp();
      result = new Writer.Result<>(value, stamp); // afterwards there may be no memory for it
      live.commit();
    } catch (SQLException | IOException | RuntimeException | Error e) {
      try {
        live.rollBack(e);
        if (transaction != null) {
          transaction.rolledBack();
        }
      } finally {
        finish(ticket);
      }
      throw e;
    }
    takeEffect(transaction, ticket, mark);
    return result;
  }

  /**
   * What follows a commit. The change is made, whatever goes wrong here, and making it again could
   * make it twice.
   */
  private void takeEffect(Transaction transaction, long ticket, long mark) {
    try {
      coherence.countCommit();
      if (!transaction.state.isEvicting()) {
        coherence.unmarkEvicting(mark);
      }
      finish(ticket); // or the next writer does
      valueFiles.doom(transaction.doomedFiles());
      transaction.committed();
    } catch (RuntimeException | Error e) {
      failedEffect = e;
      live.suspect();
    }
  }

  private void finish(long ticket) {
    if (ticket != NO_TICKET) {
      coherence.finish(ticket);
    }
  }

  /** Deletes files whose entries are gone; not in the turn, and when memory tiers are told. */
  void deleteDoomed() {
    try {
      valueFiles.deleteDoomed();
    } catch (RuntimeException | Error e) {
      failedEffect = e;
    }
  }

  /** When it happened, there may have been no memory or stack left. */
  void reportFailedEffect() {
    Throwable reason = failedEffect;
    if (reason != null) {
      failedEffect = null;
      LOG.warn("a change was stored, but not all that follows was done", reason);
    }
  }
}
