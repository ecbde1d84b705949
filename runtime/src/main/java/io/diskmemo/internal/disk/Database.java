package io.diskmemo.internal.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/** Opens connections to one database file. */
final class Database {
  /** The first release without the bug that could lose data when a log was reset. */
  private static final int[] OLDEST_SAFE_VERSION = {3, 51, 3};

  private static final int INCREMENTAL = 2;

  private final Path file;
  private final StoreLimits limits;

  Database(Path file, StoreLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  Connection openWriter() throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      requireSafeVersion(statement);
      vacuumIncrementally(statement);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + (limits.fullSync() ? "FULL" : "NORMAL"));
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
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

  Connection openReader() throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** The driver's own class: {@code DriverManager} would look for all others first. */
  private Connection open() throws SQLException {
    String name = file.toString();
    Connection connection = new JDBC4Connection("jdbc:sqlite:" + name, name, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + limits.timeout().toMillis());
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
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
