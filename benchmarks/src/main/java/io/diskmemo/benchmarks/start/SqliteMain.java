package io.diskmemo.benchmarks.start;

import io.diskmemo.benchmarks.store.BareSqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * One look into a database with one value, with the least that the driver can do: its own class, because
 * {@code DriverManager} would look for others, and nothing made or set that is there.
 */
final class SqliteMain {
  static final byte[] KEY = new byte[32];

  private SqliteMain() {}

  /** Directory. */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = connected(arguments[0])) {
      value(connection, KEY);
      System.out.println("hit");
    }
  }

  /** To the database of a directory, which is made if it is missing. */
  static Connection connected(String directory) throws SQLException {
    Path file = Path.of(directory).resolve("bare.db");
    if (!Files.exists(file)) {
      make(file);
    }
    return new JDBC4Connection("jdbc:sqlite:" + file, file.toString(), new Properties());
  }

  /** Fails if it is not there. */
  static byte[] value(Connection connection, byte[] key) throws SQLException {
    try (PreparedStatement look =
        connection.prepareStatement("SELECT value FROM entry WHERE key = ?")) {
      look.setBytes(1, key);
      try (ResultSet row = look.executeQuery()) {
        if (!row.next() || row.getBytes(1).length != KEY.length) {
          throw new IllegalStateException("not the value");
        }
        return row.getBytes(1);
      }
    }
  }

  private static void make(Path file) throws SQLException {
    try (BareSqlite sqlite = new BareSqlite(file)) {
      sqlite.put(KEY, "country:NZ", KEY);
      sqlite.put(BareSqlite.key("Ann", 1), "country:NZ", KEY);
    }
  }
}
