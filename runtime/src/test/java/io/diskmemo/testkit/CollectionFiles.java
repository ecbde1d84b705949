package io.diskmemo.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Reaches around persistent collections into their databases. */
public final class CollectionFiles {
  private CollectionFiles() {}

  /** Where the database of a collection is. */
  public static Path of(Path directory, String name) {
    return directory.resolve("collections").resolve(name).resolve("collection.db");
  }

  /** A connection of its own. */
  public static Connection connect(Path directory, String name) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + of(directory, name));
  }

  /** Changes the database behind everybody's back. */
  public static int tamper(Path directory, String name, String sql) throws SQLException {
    try (Connection connection = connect(directory, name);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }

  /** Holds the write lock, as another process would, until it is closed. */
  public static Connection lock(Path directory, String name) throws SQLException {
    Connection connection = connect(directory, name);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return connection;
  }
}
