package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection that writes to the live database of a kind. For the one who has the turn.
 *
 * <p>Another database can take the place of the live one, made under the live one's write lock. That
 * it did is decided by the commit of {@code superseded_by} in the old one; the file {@code current}
 * and the generation among the counters follow, and whoever finds that they do not lets them.
 */
final class LiveConnection implements AutoCloseable {
  private final KindFiles files;
  private final Database database;
  private final StoreLimits limits;
  private final WriteQueue queue;
  private final Coherence coherence;
  private Statements statements;
  private volatile OpenedFile opened; // written under the turn
  private volatile boolean lost; // written under the turn
  private long deadline;
  private long begunNanos;
  private boolean suspect;

  private LiveConnection(
      KindFiles files,
      Database database,
      StoreLimits limits,
      WriteQueue queue,
      Coherence coherence,
      Statements statements,
      OpenedFile opened) {
    this.files = files;
    this.database = database;
    this.limits = limits;
    this.queue = queue;
    this.coherence = coherence;
    this.statements = statements;
    this.opened = opened;
    this.deadline = queue.deadline();
  }

  /**
   * Opens the database, makes what is missing of it, and maps the counters beside it. Where nothing
   * is missing, it waits for no lock: a process that is stopped while it writes must not stop others
   * from starting.
   */
  static LiveConnection open(
      KindFiles files, Database database, StoreLimits limits, WriteQueue queue)
      throws SQLException {
    Statements statements = null;
    LiveConnection live = null;
    try {
      statements = connect(files, database);
      if (!Schema.isComplete(statements.connection())
          || !Schema.hasIndex(statements, limits.cullOrder())
          || !Coherence.isWhole(files.directory())) {
        complete(statements, files, limits);
      }
      Coherence coherence = Coherence.open(files.directory());
      OpenedFile opened = OpenedFile.of(files.database(statements.generation()));
      live = new LiveConnection(files, database, limits, queue, coherence, statements, opened);
      live.opened();
      return live;
    } catch (SQLException | RuntimeException | Error e) { // nobody else lets go of the write lock
      close(live == null ? statements : live.statements, e);
      throw e;
    } catch (IOException e) {
      close(live == null ? statements : live.statements, e);
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

  /** Rolls back. */
  private static void close(@Nullable Statements statements, Throwable reason) {
    try {
      if (statements != null) {
        statements.close();
      }
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** For somebody who found it open and cannot use it. */
  void closeAfter(Throwable reason) {
    close(statements, reason);
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
      waitForNobody();
      closeGapWithoutWaiting();
    }
  }

  Coherence coherence() {
    return coherence;
  }

  /** The same until this goes on to another database. */
  Statements statements() {
    return statements;
  }

  /** Says when those who have the turn have waited long enough for the locks of others. */
  void waitUntil(long newDeadline) {
    deadline = newDeadline;
  }

  /** Says that locks that are not free are none to wait for. */
  void waitForNobody() {
    deadline = queue.deadline() - limits.timeout().toNanos();
  }

  /** Begins a transaction, for which it waits as long as what is left of the timeout. */
  void begin() throws SQLException {
    waitUntilDeadline();
    statements.execute("BEGIN IMMEDIATE");
    begunNanos = queue.nanosUntil(deadline);
  }

  private void waitUntilDeadline() throws SQLException {
    statements.waitAtMost((int) Math.min(queue.millisUntil(deadline), limits.timeoutMillis()));
  }

  /** Without a log, a commit waits for readers; what it took to write before was no wait. */
  void commit() throws SQLException {
    deadline += begunNanos - queue.nanosUntil(deadline);
    waitUntilDeadline();
    statements.execute("COMMIT");
  }

  /** After a failure, to which that of this adds. */
  void rollBack(Throwable reason) {
    suspect |= !statements.rollBack(reason);
  }

  /** What failed may go on failing: the next transaction has a connection of its own. */
  void suspect() {
    suspect = true;
  }

  /**
   * A connection that failed may go on failing, or hold a transaction that nobody can end; and one to
   * a database that was superseded is of no use.
   */
  void use() throws SQLException, IOException {
    long live = coherence.generation();
    if (suspect || statements.generation() < live) {
      connect(Math.max(statements.generation(), live));
      suspect = false;
    }
    if (!opened.isStillThere() && coherence.generation() == statements.generation()) {
      suspect = true;
      lost = true;
      throw DiskException.damaged("write", "somebody removed or replaced " + opened.path());
    }
  }

  /**
   * Whether the live database is the file that is open, and was all the time: readers may still have
   * another. One that is not open yet need only be there.
   */
  boolean isInPlace() throws IOException {
    if (lost) {
      return false;
    }
    OpenedFile present = opened;
    Path live = files.database(coherence.generation());
    return live.equals(present.path()) ? present.isStillThere() : Files.exists(live);
  }

  /** Whether another database has taken the place of the one that is open. */
  boolean isSuperseded() throws IOException {
    return !files.database(coherence.generation()).equals(opened.path());
  }

  private void connect(long generation) throws SQLException, IOException {
    Statements old = statements;
    OpenedFile file = OpenedFile.of(files.database(generation));
    statements = database.openWriter(generation);
    opened = file;
    old.close();
  }

  /** Goes on to the live database, and makes all others find it. */
  void followSuccessors() throws SQLException, IOException {
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
    return underLock(state -> adopt());
  }

  /** Something done about a database that is the live one. */
  private interface Adoption {
    void of(State state) throws IOException;
  }

  /**
   * Does something under the write lock, if the database is the live one, and writes nothing to it.
   *
   * @return the generation that has superseded it, or 0
   */
  private long underLock(Adoption adoption) throws SQLException, IOException {
    begin();
    try {
      State state = State.read(statements);
      if (state.supersededBy() == 0) {
        adoption.of(state);
      }
      statements.execute("ROLLBACK");
      return state.supersededBy();
    } catch (SQLException | IOException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /**
   * Makes {@code current} and the generation among the counters name this database; under its write
   * lock, so that nobody can supersede it meanwhile. What was read from the old one until now may
   * have a stamp from after the commit that superseded it, hence the ticket.
   */
  void adopt() throws IOException {
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

  /** Sees to it that the counters are those that others have; for the holder of the write lock. */
  void attach(State state) throws IOException {
    coherence.attach(state.isEvicting() ? state.sequence() : 0);
  }

  /** Closes a gap that a dead process left between the counters. */
  void closeGapWithoutWaiting() throws SQLException, IOException {
    use();
    try {
      long successor = underLock(state -> {
        attach(state);
        adopt();
        coherence.closeGap();
      });
      if (successor != 0) {
        followSuccessors(); // whoever made that died before anybody else could find it
      }
    } catch (SQLException e) {
      if (!new DiskException("close the gap", e).isTransient()) {
        throw e;
      } // else the gap is the work of a writer who lives, and who will close it
    }
  }

  /** Deletes databases that were superseded and done with, and those that nobody finished. */
  int deleteOthers(Set<Long> done) {
    try {
      pointToThis(); // it may still name one that is deleted now, if the power failed
      return files.deleteAllBut(statements.generation(), done);
    } catch (IOException e) {
      throw new DiskException("delete a superseded database", e);
    }
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
