package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * at once, whatever the timeout. It runs no user code.
 *
 * <p>Another database can take the place of the live one, made under the live one's write lock. That
 * it did is decided by the commit of {@code superseded_by} in the old one; the file {@code current}
 * and the generation among the counters follow, and whoever finds that they do not lets them.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final long NO_TICKET = -1;

  private final WriteQueue queue;
  private final KindFiles files;
  private final Database database;
  private final StoreLimits limits;
  private final Coherence coherence;
  private final ValueFiles valueFiles;
  private final MethodsInUse methodsInUse;
  private final LogLimit logLimit; // guarded by the turn
  private final WriterProgress progress = new WriterProgress();
  private Statements statements; // guarded by the turn
  private volatile OpenedFile opened; // written under the turn
  private boolean suspect; // guarded by the turn
  private boolean closed; // guarded by the turn

  /** What happens in a transaction. It may be made more than once, if others in it fail. */
  interface Change<T> {
    T make(Transaction transaction) throws SQLException;
  }

  /** A change, and the stamp that what it stored has, or {@link Coherence#UNSTABLE}. */
  record Result<T>(T value, long stamp) {}

  private Writer(
      KindFiles files,
      Database database,
      StoreLimits limits,
      Statements statements,
      OpenedFile opened,
      Coherence coherence,
      ValueFiles valueFiles,
      MethodsInUse methodsInUse) {
    this.queue = new WriteQueue(limits.timeout());
    this.files = files;
    this.database = database;
    this.limits = limits;
    this.statements = statements;
    this.opened = opened;
    this.coherence = coherence;
    this.valueFiles = valueFiles;
    this.methodsInUse = methodsInUse;
    this.logLimit = new LogLimit(files, limits);
  }

  /**
   * Opens the database, makes what is missing of it, and maps the counters beside it. Where nothing
   * is missing, it waits for no lock: a process that is stopped while it writes must not stop others
   * from starting.
   */
  static Writer open(
      KindFiles files,
      Database database,
      StoreLimits limits,
      ValueFiles valueFiles,
      MethodsInUse methodsInUse)
      throws SQLException {
    Statements statements = null;
    try {
      statements = connect(files, database);
      if (!Schema.isComplete(statements.connection())
          || !Schema.hasIndex(statements, limits.cullOrder())
          || !Coherence.isWhole(files.directory())) {
        complete(statements, files, limits);
      }
      Coherence coherence = Coherence.open(files.directory());
      OpenedFile opened = OpenedFile.of(files.database(statements.generation()));
      Writer writer = new Writer(
          files, database, limits, statements, opened, coherence, valueFiles, methodsInUse);
      writer.opened();
      return writer;
    } catch (SQLException | RuntimeException e) {
      close(statements, e); // rolls back
      throw e;
    } catch (IOException e) {
      close(statements, e);
      throw new DiskException("open the kind", e);
    }
  }

  private static Statements connect(KindFiles files, Database database)
      throws SQLException, IOException {
    while (true) {
      long generation = files.currentGeneration();
      try {
        return database.openWriter(generation);
      } catch (SQLException e) {
        if (generation == files.currentGeneration()) {
          throw e;
        } // else it was superseded and deleted meanwhile
      }
    }
  }

  private static void close(@Nullable Statements statements, Exception reason) {
    try {
      if (statements != null) {
        statements.close();
      }
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Under the write lock, so that two processes never do it at once. */
  private static void complete(Statements statements, KindFiles files, StoreLimits limits)
      throws SQLException, IOException {
    statements.execute("BEGIN IMMEDIATE");
    if (Schema.isEmpty(statements.connection()) && files.wasUsed()) {
      throw DiskException.damaged(
          "open the kind", "the database in " + files.directory() + " has lost its tables");
    }
    Schema.complete(statements.connection());
    Schema.createIndex(statements, limits.cullOrder());
    TablesCheck.OF_KINDS.requireOwn(
        statements.connection()); // of an older format, nobody looked before
    Coherence.createOrMend(files.directory());
    State state = State.read(statements);
    if (state.isEvicting()) {
      Coherence.open(files.directory()).markEvicting(state.sequence());
    }
    statements.execute("COMMIT");
  }

  private void opened() throws SQLException, IOException {
    followSuccessors();
    long noted = coherence.generation();
    if (!Files.exists(files.database(noted))) {
      coherence.resetGeneration(noted, statements.generation()); // no database ever had that number
    }
    if (coherence.generation() < statements.generation()) {
      // whoever noted the successor and not its number is dead: what others read from the old one
      // must not keep its stamp. Without the write lock a ticket cannot be ended here
      coherence.takeTicket();
      coherence.raiseGeneration(statements.generation());
    }
    State state = State.read(statements);
    coherence.raiseEvicted(state.sequence());
    if (state.isEvicting()) {
      coherence.markEvictingIfNot(state.sequence()); // the counters may be older than the database
    }
    if (coherence.stamp() == Coherence.UNSTABLE) {
      closeGapIfIdle();
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
    queue.takeTurn(operation);
    try {
      return transact(operation, change);
    } finally {
      endTurn();
    }
  }

  /** Files are deleted when others can write again, and when memory tiers are told. */
  private void endTurn() {
    queue.endTurn();
    valueFiles.deleteDoomed();
  }

  /** Makes a change in a transaction with those of other threads that wait now. */
  <T> Result<T> writeTogether(String operation, Change<T> change) {
    Result<T> result = queue.join(new WriteQueue.Waiting<>(operation, change), this::make);
    valueFiles.deleteDoomed();
    return result;
  }

  private void make(List<WriteQueue.Waiting<?>> group) {
    if (group.size() == 1 || !isMadeTogether(group)) {
      group.forEach(this::makeAlone);
    }
  }

  private boolean isMadeTogether(List<WriteQueue.Waiting<?>> group) {
    Result<Integer> made;
    try {
      made = transact("write", transaction -> {
        for (WriteQueue.Waiting<?> one : group) {
          one.make(transaction);
        }
        return group.size();
      });
    } catch (DiskException e) {
      if (e.isTransient()) { // each alone would wait as long once more
        group.forEach(one -> one.failed(e));
        return true;
      }
      return isPutOff(group, e);
    } catch (RuntimeException | Error e) {
      return isPutOff(group, e);
    }
    group.forEach(one -> one.committed(made.stamp()));
    return true;
  }

  private static boolean isPutOff(List<WriteQueue.Waiting<?>> group, Throwable reason) {
    LOG.debug("of {} changes, one fails; each gets a transaction of its own", group.size(), reason);
    return false;
  }

  private void makeAlone(WriteQueue.Waiting<?> one) {
    try {
      one.committed(transact(one.operation(), one::make).stamp());
    } catch (RuntimeException e) {
      one.failed(e);
    } catch (Error e) {
      one.failed(e);
    }
  }

  private <T extends @Nullable Object> Result<T> transact(String operation, Change<T> change) {
    try {
      requireOpen(operation);
      useLiveDatabase();
      while (true) {
        progress.waiting();
        statements.execute("BEGIN IMMEDIATE");
        progress.writing();
        Result<T> result = committed(change);
        if (result != null) {
          shortenLog();
          return result;
        }
        followSuccessors();
      }
    } catch (SQLException e) {
      DiskException failure = new DiskException(operation, e);
      suspect |= !failure.isTransient();
      throw failure;
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } catch (Error e) {
      suspect = true; // the stack may have ended anywhere, even inside the driver
      throw e;
    } finally {
      progress.ended();
    }
  }

  /** What was committed stays so, whatever comes of this. */
  private void shortenLog() {
    try {
      logLimit.committed(statements);
    } catch (SQLException | IOException e) {
      LOG.debug("the log stays as long as it is", e);
      suspect = true;
    }
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new DiskException(operation, false, "the store is closed");
    }
  }

  /**
   * A connection that failed may go on failing, or hold a transaction that nobody can end; and one to
   * a database that was superseded is of no use.
   */
  private void useLiveDatabase() throws SQLException, IOException {
    long live = coherence.generation();
    if (suspect || statements.generation() < live) {
      connect(Math.max(statements.generation(), live));
      suspect = false;
    }
    if (!opened.isStillThere() && coherence.generation() == statements.generation()) {
      suspect = true;
      throw DiskException.damaged("write", "somebody removed or replaced " + opened.path());
    }
  }

  /** Whether the live database is the file that is open; one that is not open yet need only be there. */
  boolean isInPlace() throws IOException {
    OpenedFile present = opened;
    Path live = files.database(coherence.generation());
    return live.equals(present.path()) ? present.isStillThere() : Files.exists(live);
  }

  private void connect(long generation) throws SQLException, IOException {
    Statements old = statements;
    OpenedFile file = OpenedFile.of(files.database(generation));
    statements = database.openWriter(generation);
    opened = file;
    old.close();
  }

  /**
   * Makes the next change with a connection of its own. What memory tiers hold is compared with the
   * disk again.
   */
  void reopen() {
    queue.takeTurnWhenever();
    try {
      suspect = true;
      coherence.takeTicket(); // ended under the write lock, by the next change
    } finally {
      queue.endTurn();
    }
  }

  /** Commits a change, unless another database took the place of this one; then it returns null. */
  private <T extends @Nullable Object> @Nullable Result<T> committed(Change<T> change)
      throws SQLException, IOException {
    long ticket = NO_TICKET;
    Transaction transaction = null;
    boolean committed = false;
    try {
      transaction = new Transaction(statements, limits);
      if (transaction.state.supersededBy() != 0) {
        statements.execute("ROLLBACK");
        return null;
      }
      coherence.attach();
      adopt();
      coherence.closeGap(); // the lock of a superseded database would keep nobody from a ticket
      long mark = coherence.evictingMark();
      valueFiles.forget(transaction);
      Runnable used = methodsInUse.write(transaction);
      T value = change.make(transaction);
      transaction.state.writeIfChanged(statements);
      if (transaction.state.isEvicting()) {
        coherence.markEvicting(transaction.state.sequence());
      }
      coherence.raiseEvicted(transaction.state.sequence());
      if (transaction.invalidates()) {
        ticket = coherence.takeTicket();
      }
      long stamp = transaction.removedOwn() ? Coherence.UNSTABLE : coherence.started();
      statements.execute("COMMIT");
      committed = true;
      coherence.countCommit();
      used.run();
      if (!transaction.state.isEvicting()) {
        coherence.unmarkEvicting(mark);
      }
      valueFiles.doom(transaction.doomedFiles());
      return new Result<>(value, stamp);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      rollBack(e);
      if (transaction != null && !committed) {
        transaction.rolledBack();
      }
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

  /** Goes on to the live database, and makes all others find it. */
  private void followSuccessors() throws SQLException, IOException {
    long successor = State.read(statements).supersededBy();
    while (successor != 0) {
      if (successor
          <= statements.generation()) { // generations only grow; this would go in a circle
        throw new DiskException(
            "open the database", false, "it says that an older one took its place: " + successor);
      }
      connect(successor);
      successor = adopted();
    }
  }

  /**
   * Makes all others find the database that this is connected to, if it is the live one.
   *
   * @return the generation that has superseded it already, or 0
   */
  private long adopted() throws SQLException, IOException {
    statements.execute("BEGIN IMMEDIATE");
    try {
      State state = State.read(statements);
      if (state.supersededBy() == 0) {
        adopt();
      }
      return state.supersededBy();
    } finally {
      statements.execute("ROLLBACK");
    }
  }

  /**
   * Makes {@code current} and the generation among the counters name this database; under its write
   * lock, so that nobody can supersede it meanwhile. What was read from the old one until now may
   * have a stamp from after the commit that superseded it, hence the ticket.
   */
  private void adopt() throws IOException {
    if (coherence.generation() < statements.generation()) {
      pointToThis();
      long ticket = coherence.takeTicket();
      coherence.raiseGeneration(statements.generation());
      coherence.finish(ticket);
    }
  }

  private void pointToThis() throws IOException {
    if (files.namedGeneration().orElse(0) < statements.generation()) {
      files.pointTo(statements.generation(), retries());
    }
  }

  private Retries retries() {
    return new Retries(limits.timeout());
  }

  /** Fills a new database, in a transaction there; the old one is under its write lock. */
  interface Filling<T> {
    T fill(Transaction old, Transaction fresh) throws SQLException;
  }

  /**
   * Puts a new database in the place of the live one. What is computed meanwhile will not be stored.
   *
   * @param filling of the new one, which begins with empty tables
   */
  <T> T replaceDatabase(String operation, Filling<T> filling) {
    return replaceDatabase(operation, old -> replaced(old, filling));
  }

  /**
   * Puts a database that is made already in the place of the live one.
   *
   * @param prepared its file, which nobody has open, beside the live one
   * @param filling the rest, when nobody can write to the live one any more
   */
  <T> T replaceDatabase(String operation, Path prepared, Filling<T> filling) {
    return replaceDatabase(operation, old -> replaced(old, prepared, filling));
  }

  private <T> T replaceDatabase(String operation, Change<T> replacement) {
    queue.takeTurn(operation);
    try {
      T filled = transact(operation, old -> {
            old.invalidateMemory();
            return replacement.make(old);
          })
          .value();
      followSuccessors();
      return filled;
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } finally {
      endTurn();
    }
  }

  private <T> T replaced(Transaction old, Filling<T> filling) throws SQLException {
    try {
      long generation = files.nextGeneration(statements.generation());
      Platform.createFile(files.database(generation));
      return filled(generation, old, (from, fresh) -> {
        fresh.state.continueAfter(from.state);
        return filling.fill(from, fresh);
      });
    } catch (IOException e) {
      throw new DiskException("make a database", e);
    }
  }

  private <T> T replaced(Transaction old, Path prepared, Filling<T> filling) throws SQLException {
    try {
      long generation = files.nextGeneration(statements.generation());
      Platform.force(prepared);
      Path database = files.database(generation);
      retries().run(() -> Files.move(prepared, database, StandardCopyOption.ATOMIC_MOVE));
      return filled(generation, old, filling);
    } catch (IOException e) {
      throw new DiskException("move a database", e);
    }
  }

  private <T> T filled(long generation, Transaction old, Filling<T> filling) throws SQLException {
    try (Statements fresh = database.openWriter(generation)) {
      fresh.execute("PRAGMA synchronous = FULL"); // it must not be lost when the old one says so
      fresh.execute("BEGIN IMMEDIATE");
      Schema.complete(fresh.connection());
      Schema.createIndex(fresh, limits.cullOrder());
      Transaction transaction = new Transaction(fresh, limits);
      T filled = filling.fill(old, transaction);
      transaction.state.writeIfChanged(fresh);
      fresh.execute("COMMIT");
      old.statements.update("UPDATE state SET superseded_by = ?", generation);
      return filled;
    }
  }

  /**
   * Deletes databases that were superseded, and those that nobody finished.
   *
   * @param done of which no value file is left; others stay
   */
  int deleteSuperseded(String operation, Set<Long> done) {
    queue.takeTurn(operation);
    try {
      return transact(operation, live -> deleteAllButLive(done)).value();
    } finally {
      endTurn();
    }
  }

  private int deleteAllButLive(Set<Long> done) {
    try {
      pointToThis(); // it may still name one that is deleted now, if the power failed
      return files.deleteAllBut(statements.generation(), done);
    } catch (IOException e) {
      throw new DiskException("delete a superseded database", e);
    }
  }

  /** Closes a gap that a dead process left between the counters, unless somebody is writing. */
  void closeGapIfIdle() {
    if (queue.takeTurnIfFree()) {
      try {
        if (!closed) {
          closeGapWithoutWaiting();
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

  private void closeGapWithoutWaiting() throws SQLException, IOException {
    useLiveDatabase();
    try {
      waitForNobody();
      boolean live;
      statements.execute("BEGIN IMMEDIATE");
      try {
        live = State.read(statements).supersededBy() == 0;
        if (live) {
          adopt();
          coherence.closeGap();
        }
      } finally {
        statements.execute("ROLLBACK");
      }
      if (!live) {
        followSuccessors(); // whoever made that died before anybody else could find it
      }
    } catch (SQLException e) {
      if (!new DiskException("close the gap", e).isTransient()) {
        throw e;
      } // else the gap is the work of a writer who lives, and who will close it
    } finally {
      waitAsUsual();
    }
  }

  private void waitForNobody() throws SQLException {
    statements.execute("PRAGMA busy_timeout = 0");
  }

  private void waitAsUsual() throws SQLException {
    statements.execute("PRAGMA busy_timeout = " + limits.timeout().toMillis());
  }

  /** Makes a change unless somebody else is writing, in this process or another; then it fails. */
  <T> T writeIfFree(String operation, Change<T> change) {
    if (!queue.takeTurnIfFree()) {
      throw new DiskException(operation, true, "another thread is writing");
    }
    try {
      requireOpen(operation);
      useLiveDatabase();
      try {
        waitForNobody();
        return transact(operation, change).value();
      } finally {
        waitAsUsual();
      }
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } finally {
      endTurn();
    }
  }

  /** Outside transactions, for pragmas and checks. */
  <T> T alone(String operation, StatementsUse<T> use) {
    queue.takeTurn(operation);
    try {
      requireOpen(operation);
      useLiveDatabase();
      progress.waiting(); // as others see it: this may take long on a disk that is in order
      return use.apply(statements);
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
      statements.close();
    } catch (SQLException e) {
      throw new DiskException("close the database", e);
    } finally {
      queue.endTurn();
    }
  }
}
