package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4Connection;

/** Opens connections to the databases of a kind, or to the one of a collection. */
final class Database {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** The first release without the bug that could lose data when a log was reset. */
  private static final int[] OLDEST_SAFE_VERSION = {3, 51, 3};

  private static final int INCREMENTAL = 2;

  /** What the log is cut to when it begins anew; large enough that it seldom is. */
  private static final int LOG_BYTES_KEPT = 8 << 20;

  /** Enough that an eviction of many entries need not write a page twice. */
  private static final int WRITER_CACHE_KIB = 16 * 1024;

  /** The inner pages of a million entries, beside the leaves that come and go. */
  private static final int READER_CACHE_KIB = 4096;

  private final Location location;
  private final StoreLimits limits;
  private final Check check;

  /** Refuses what is not to be used, before anything in it is read or changed. */
  interface Check {
    void of(Connection connection) throws SQLException;
  }

  /** Where the database of a generation is. */
  interface Location {
    Path of(long generation) throws IOException;
  }

  Database(Location location, StoreLimits limits) {
    this(location, limits, TablesCheck.OF_KINDS::requireOwn);
  }

  Database(Location location, StoreLimits limits, Check check) {
    this.location = location;
    this.limits = limits;
    this.check = check;
  }

  Statements openWriter(long generation) throws SQLException {
    return forEntries(openWriter(nameOf(generation), generation));
  }

  /** A database that is not the live one of any generation, by the one who makes it, ready to be shared. */
  Statements openUnnamed(Path file) throws SQLException {
    Database shared = limits.journalMode().isEmpty()
        ? new Database(location, limits.withJournalMode("WAL"), check)
        : this;
    return forEntries(shared.openWriter(file.toString(), 0));
  }

  /** The database of a collection, which has no generations. */
  Statements openCollection() throws SQLException {
    return openWriter(nameOf(0), 0);
  }

  private static Statements forEntries(Statements statements) throws SQLException {
    try {
      statements.execute(Entries.CREATE_DOOMED);
      return statements;
    } catch (SQLException | RuntimeException | Error e) {
      statements.close();
      throw e;
    }
  }

  private Statements openWriter(String name, long generation) throws SQLException {
    Statements opened = open(name, generation);
    try (Statement statement = opened.connection().createStatement()) {
      requireSafeVersion(statement);
      vacuumIncrementally(statement);
      setJournalMode(statement);
      statement.execute("PRAGMA synchronous = " + (limits.fullSync() ? "FULL" : "NORMAL"));
      statement.execute("PRAGMA cache_size = -" + WRITER_CACHE_KIB);
      statement.execute("PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
      statement.execute("PRAGMA temp_store = MEMORY");
      return opened;
    } catch (SQLException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /** Takes effect before the first table, or never; and setting it again waits for other writers. */
  private static void vacuumIncrementally(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA auto_vacuum")) {
      row.next();
      if (row.getInt(1) == INCREMENTAL) {
        return;
      }
    }
    statement.execute("PRAGMA auto_vacuum = " + INCREMENTAL);
  }

  /** What cannot be changed now, because others have the database open, stays. */
  private void setJournalMode(Statement statement) throws SQLException {
    if (limits.journalMode().isEmpty()) {
      return;
    }
    try {
      Busy.retry(
          limits.timeout(),
          () -> statement.execute("PRAGMA journal_mode = " + limits.journalMode()));
    } catch (SQLException e) {
      if (!new DiskException("", e).isTransient()) {
        throw e;
      }
      LOG.warn("the journal mode cannot become {} while others use the kind", limits.journalMode());
    }
  }

  /** A connection that could write, for what a reader's may not do. */
  Statements openPlain(long generation) throws SQLException {
    return open(nameOf(generation), generation);
  }

  /** A connection that could write, to a database that is not the live one of any generation. */
  Statements openPlain(Path file) throws SQLException {
    return open(file.toString(), 0);
  }

  Statements openReader(long generation) throws SQLException {
    Statements opened = open(nameOf(generation), generation);
    try (Statement statement = opened.connection().createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      statement.execute("PRAGMA cache_size = -" + READER_CACHE_KIB);
      return opened;
    } catch (SQLException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private Statements open(String name, long generation) throws SQLException {
    Statements opened = connect(name, generation);
    try (Statement statement = opened.connection().createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + limits.timeout().toMillis());
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA mmap_size = " + limits.mmapBytes());
      check.of(opened.connection());
      return opened;
    } catch (SQLException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private static Statements connect(String name, long generation) throws SQLException {
    Object number = numberOf(name);
    SQLiteConnection connection = null;
    Statements opened = null;
    FileConnections file = FileConnections.enter(name, number);
    try {
      connection = connect(name);
      opened = new Statements(connection, file, generation);
      return opened;
    } finally {
      if (connection == null) {
        file.notOpened();
      } else if (opened == null) {
        file.close(connection, true);
      }
    }
  }

  /**
   * The driver's own class: {@code DriverManager} would look for all others first. A file that is not
   * there is not made, because it was superseded and deleted.
   */
  private static SQLiteConnection connect(String name) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", Integer.toString(SQLiteOpenMode.READWRITE.flag));
    properties.setProperty("jdbc.get_generated_keys", "false"); // else a query after each INSERT
    return new JDBC4Connection("jdbc:sqlite:" + name, name, properties);
  }

  /** The number that the system gives to a file, or null if it gives none. SQLite would follow a link. */
  private static @Nullable Object numberOf(String name) throws SQLException {
    try {
      BasicFileAttributes attributes = OwnPaths.attributesOf(Path.of(name));
      if (attributes == null) { // as SQLite would say
        throw DB.newSQLException(
            SQLiteErrorCode.SQLITE_CANTOPEN.code, "unable to open database file");
      }
      return attributes.fileKey();
    } catch (IOException e) {
      throw new DiskException("open the database", e);
    }
  }

  private String nameOf(long generation) {
    try {
      return location.of(generation).toString();
    } catch (IOException e) {
      throw new DiskException("open the database", e);
    }
  }

  private static void requireSafeVersion(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
      row.next();
      String version = row.getString(1);
      if (!isSafe(version)) {
        throw new DiskException(
            "open the kind",
            false,
            "SQLite " + version + " can lose data when processes share a database; use"
                + " org.xerial:sqlite-jdbc 3.51.3.0 or newer (look for an older one in the"
                + " dependencies)");
      }
    }
  }

  static boolean isSafe(String version) {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < OLDEST_SAFE_VERSION.length; i++) {
      int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
      if (part != OLDEST_SAFE_VERSION[i]) {
        return part > OLDEST_SAFE_VERSION[i];
      }
    }
    return true;
  }
}
