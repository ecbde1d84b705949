package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * The connections of this JVM to one database file, which close without taking the locks of each other.
 *
 * <p>POSIX gives back all locks that a process has on a file when it closes any descriptor of it. So
 * SQLite closes none while one of its connections has a lock. But it looks first and closes then
 * ({@code unixClose} in {@code os_unix.c} of all releases up to 3.54.1), and what another thread locks in
 * between is lost: two processes write at once, and the database is damaged. So the first connection that is
 * to be closed beside others stays, as the guard, and has a lock while the next are closed; then SQLite keeps
 * their descriptors, and closes them when it lets go of its last lock, in the mutex by which it takes locks.
 *
 * <p>Where the guard gets no lock, because somebody commits, connections wait to be closed until the next
 * one is opened or closed. The last of all is closed, with the guard, while none can be opened.
 * Thread-safe.
 */
final class FileConnections {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** Of those that wait, each of which has a descriptor. */
  private static final int MOST_WAITING = 16;

  private static final int GUARD_WAITS_MILLIS = 20;

  /** By the number that the system gives to a file. */
  private static final Map<Object, FileConnections> FILES = new HashMap<>(); // guarded by itself

  private final String name;
  private final Object file;
  private final Deque<SQLiteConnection> waiting =
      new ArrayDeque<>(2 * MOST_WAITING); // guarded by this, as is all below
  private @Nullable SQLiteConnection guard;
  private int open;
  private boolean damaged;
  private boolean ended;

  private FileConnections(String name, Object file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Notes a connection that is about to be opened.
   *
   * @param name of the database, for SQLite
   * @param file that has the name, as the system tells it from others; null if the system does not number
   *     its files, which then is none of POSIX
   * @return for {@link #close}, or for {@link #notOpened}
   * @throws SQLException as if the database were locked, if too many connections wait to be closed
   */
  static FileConnections enter(String name, @Nullable Object file) throws SQLException {
    while (true) {
      FileConnections connections = of(name, file);
      if (connections.isEntered()) {
        return connections;
      }
      connections.forget();
    }
  }

  private static FileConnections of(String name, @Nullable Object file) {
    if (file == null) {
      return new FileConnections(name, new Object());
    }
    synchronized (FILES) {
      FileConnections known = FILES.get(file);
      if (known == null) {
        known = new FileConnections(name, file);
        FILES.put(file, known);
      }
      return known;
    }
  }

  private void forget() {
    synchronized (FILES) {
      FILES.remove(file, this);
    }
  }

  /** False if the last connection was closed meanwhile, after which this is not used any more. */
  private synchronized boolean isEntered() throws SQLException {
    if (ended) {
      return false;
    }
    closeWaiting();
    if (waiting.size() >= MOST_WAITING) {
      if (!damaged) {
        throw DB.newSQLException(
            SQLiteErrorCode.SQLITE_BUSY.code,
            waiting.size() + " connections to " + name + " wait to be closed");
      }
      closeEach(); // no lock protects it any more
    }
    open++;
    return true;
  }

  /** Takes back {@link #enter}. */
  synchronized void notOpened() {
    try {
      if (open == 1) {
        closeAll();
      }
    } finally {
      left();
    }
  }

  /**
   * Closes a connection, now or when it can be. What it has not committed is rolled back now.
   *
   * @param idle whether none of its statements reads
   * @throws SQLException if SQLite fails to
   */
  synchronized void close(SQLiteConnection connection, boolean idle) throws SQLException {
    try {
      if (open == 1) {
        try {
          closeAll();
        } finally {
          connection.close();
        }
      } else {
        closeOrLetWait(connection, idle);
        closeWaiting();
      }
    } finally {
      left();
    }
  }

  /** What could keep others out as long as it waits is closed at once. */
  private void closeOrLetWait(SQLiteConnection connection, boolean idle) throws SQLException {
    boolean waits = false;
    try {
      if (idle && isRolledBack(connection)) {
        spare(connection);
        waits = waiting.add(connection);
      }
    } finally {
      if (!waits) {
        closeNow(connection);
      }
    }
  }

  private void left() {
    open--;
    if (open == 0) {
      ended = true;
      forget();
    }
  }

  private static boolean isRolledBack(SQLiteConnection connection) {
    try {
      execute(connection, "ROLLBACK");
      return true;
    } catch (SQLException e) {
      return e.getErrorCode() == SQLiteErrorCode.SQLITE_ERROR.code; // there was no transaction
    } catch (IllegalStateException e) { // of the driver, in which a stack ended before
      LOG.debug("a connection cannot be rolled back", e);
      return false;
    }
  }

  private void closeNow(SQLiteConnection connection) throws SQLException {
    boolean guarded = false;
    try {
      guarded = isGuarded();
    } finally {
      try {
        connection.close();
      } finally {
        if (guarded) {
          letGo();
        }
      }
    }
  }

  private void closeWaiting() {
    if (guard == null) {
      guard = waiting.poll();
    }
    if (!waiting.isEmpty() && isGuarded()) {
      try {
        closeEach();
      } finally {
        letGo();
      }
    }
  }

  /** What it keeps of the database is of no use any more. */
  private static void spare(SQLiteConnection idle) {
    try {
      idle.setBusyTimeout(GUARD_WAITS_MILLIS);
      execute(idle, "PRAGMA shrink_memory");
    } catch (SQLException | IllegalStateException e) {
      LOG.debug("a connection keeps its memory", e);
    }
  }

  /** When nobody has another connection, nor can open one. */
  private void closeAll() {
    if (guard != null) {
      waiting.add(guard);
      guard = null;
    }
    closeEach();
  }

  private void closeEach() {
    for (SQLiteConnection next = waiting.poll(); next != null; next = waiting.poll()) {
      close("a connection that waited", next);
    }
  }

  private static void close(String what, SQLiteConnection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("{} cannot be closed", what, e);
    }
  }

  private boolean isGuarded() {
    if (guard == null) {
      return false;
    }
    boolean locked = false;
    boolean sick = false;
    try {
      // nobody else finds a file without a name; a read would take the journal of the next for its
      // own
      if (!isStillNamed()) {
        closeEach();
        return false;
      }
      execute(guard, "BEGIN");
      // takes the lock, which BEGIN does not, and needs no table
      execute(guard, "PRAGMA user_version");
      locked = true;
      damaged = false;
      return true;
    } catch (SQLException e) {
      LOG.debug("connections to {} are closed later", name, e);
      sick = !new DiskException("close a connection", e).isTransient();
      damaged = DatabaseLook.isCorruption(e);
      return false;
    } catch (IOException | IllegalStateException e) {
      LOG.debug("connections to {} are closed later", name, e);
      sick = true;
      return false;
    } finally {
      if (!locked) {
        letGo();
        exchange(sick);
      }
    }
  }

  private boolean isStillNamed() throws IOException {
    try {
      return file.equals(Platform.identityOfFile(Path.of(name)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The next that is closed may do better. */
  private void exchange(boolean sick) {
    if (sick && guard != null) {
      waiting.add(guard);
      guard = null;
    }
  }

  /** A guard that keeps its lock would stop all who write. */
  private void letGo() {
    SQLiteConnection held = guard;
    if (held == null) {
      return;
    }
    boolean free = false;
    try {
      free = isRolledBack(held);
    } finally {
      if (!free) {
        guard = null;
        close("the guard", held);
      }
    }
  }

  private static void execute(SQLiteConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          rows.next();
        }
      }
    }
  }
}
