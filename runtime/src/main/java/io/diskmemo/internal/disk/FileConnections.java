package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

/**
 * The connections of this JVM to one database file, which close without taking the locks of each other.
 *
 * <p>POSIX gives back all locks that a process has on a file when it closes any descriptor of it. So
 * SQLite closes none while one of its connections has a lock. But it looks first and closes then
 * ({@code unixClose} in {@code os_unix.c} of all releases up to 3.54.1), and what another thread locks in
 * between is lost: two processes write at once, and the database is damaged. With a log nothing comes in
 * between, because each connection has a lock for as long as it is open. Without one, a connection is
 * closed here while another, the guard, has a lock; then SQLite keeps the descriptor, and closes it when it
 * lets go of its last lock, in the mutex by which it takes locks.
 *
 * <p>Where the guard gets no lock, because another process commits, connections wait to be closed until
 * the next one is opened or closed. The last connection of all is closed while none can be opened.
 * Thread-safe.
 */
final class FileConnections {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** More than fail before a kind is left alone for a while; they hold a descriptor each. */
  private static final int MOST_WAITING = 64;

  private static final int GUARD_WAITS_MILLIS = 20;

  /** By the number that the system gives to a file. */
  private static final Map<Object, FileConnections> FILES = new HashMap<>(); // guarded by itself

  private final String name;
  private final Object file;
  private final Deque<SQLiteConnection> waiting =
      new ArrayDeque<>(); // guarded by this, as is all below
  private @Nullable SQLiteConnection guard;
  private int open;
  private boolean ended;

  private FileConnections(String name, Object file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Notes a connection that is about to be opened.
   *
   * @param name of the database, for SQLite
   * @param file that has the name, as the system tells it from others; null if there is none, or if the
   *     system does not number its files, which then is none of POSIX
   * @return for {@link #close}, or for {@link #notOpened}
   * @throws DiskException if too many connections wait to be closed
   */
  static FileConnections enter(String name, @Nullable Object file) {
    while (true) {
      FileConnections connections = of(name, file);
      if (connections.isEntered()) {
        return connections;
      }
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

  /** False if the last connection was closed meanwhile, after which this is not used any more. */
  private synchronized boolean isEntered() {
    if (ended) {
      return false;
    }
    if (!waiting.isEmpty()) {
      closeQuietly(false);
    }
    if (waiting.size() >= MOST_WAITING) {
      throw new DiskException(
          "open the database",
          true,
          waiting.size() + " connections to " + name
              + " wait to be closed until another process lets go of it");
    }
    open++;
    return true;
  }

  /** Takes back {@link #enter}. */
  synchronized void notOpened() {
    try {
      closeQuietly(open == 1);
    } finally {
      left();
    }
  }

  private void closeQuietly(boolean last) {
    try {
      closeWaiting(last);
    } catch (SQLException e) {
      LOG.debug("a connection cannot be closed", e);
    }
  }

  /**
   * Closes a connection, now or when it can be. What it has not committed is rolled back now.
   *
   * @throws SQLException if SQLite fails to
   */
  synchronized void close(SQLiteConnection connection) throws SQLException {
    try {
      if (open > 1 && (hasLog(connection) || !isRolledBack(connection))) {
        connection.close();
      } else {
        waiting.add(connection);
        closeWaiting(open == 1);
      }
    } finally {
      left();
    }
  }

  private void left() {
    open--;
    if (open == 0) {
      ended = true;
      synchronized (FILES) {
        FILES.remove(file, this);
      }
    }
  }

  /** One that has not read yet does not know of a log, and is closed as if there were none. */
  private static boolean hasLog(SQLiteConnection connection) {
    try {
      connection.setBusyTimeout(0);
      return firstOf(connection, "PRAGMA journal_mode").equals("wal");
    } catch (SQLException e) {
      LOG.debug("the journal mode cannot be asked for", e);
      return false;
    }
  }

  /** While it waits to be closed it must keep nobody out. If that cannot be, it had better be closed. */
  private static boolean isRolledBack(SQLiteConnection connection) {
    try {
      execute(connection, "ROLLBACK");
      return true;
    } catch (SQLException e) {
      return e.getErrorCode() == SQLiteErrorCode.SQLITE_ERROR.code; // there was no transaction
    }
  }

  /** @param last whether nobody has another connection, nor can open one */
  private void closeWaiting(boolean last) throws SQLException {
    if (last) {
      if (guard != null) {
        waiting.add(guard);
        guard = null;
      }
      closeAll();
    } else if (isGuarded()) {
      try {
        closeAll();
      } finally {
        letGo();
      }
    }
  }

  private void closeAll() throws SQLException {
    SQLException failure = null;
    for (SQLiteConnection next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        next.close();
      } catch (SQLException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private boolean isGuarded() {
    boolean guarded = false;
    try {
      if (guard == null && isStillNamed()) {
        guard = Database.connect(name);
        guard.setBusyTimeout(GUARD_WAITS_MILLIS);
      }
      if (guard != null) {
        execute(guard, "BEGIN");
        firstOf(guard, "SELECT count(*) FROM sqlite_schema"); // takes the lock that BEGIN did not
        guarded = true;
      }
    } catch (SQLException | IOException e) {
      LOG.debug("connections to {} are closed later", name, e);
    } finally {
      if (!guarded) {
        letGo();
      }
    }
    return guarded;
  }

  private boolean isStillNamed() throws IOException {
    return file.equals(
        Files.readAttributes(Path.of(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .fileKey());
  }

  private void letGo() {
    if (guard != null) {
      try {
        execute(guard, "ROLLBACK");
      } catch (SQLException e) {
        LOG.debug("the guard has no transaction", e);
      }
    }
  }

  private static void execute(SQLiteConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String firstOf(SQLiteConnection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
