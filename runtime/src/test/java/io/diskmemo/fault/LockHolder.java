package io.diskmemo.fault;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * A foreign process that holds the write lock of a database, until it is told to release it; or, with
 * a second argument, takes and releases it all the time.
 */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE state SET sequence = sequence"); // a write that is under way
      System.out.println("holding");
      if (arguments.length > 1) {
        while (!commands.ready()) {
          statement.execute("ROLLBACK");
          statement.execute("BEGIN IMMEDIATE");
        }
      }
      commands.readLine();
      statement.execute("ROLLBACK");
      System.out.println("released");
      commands.readLine();
    }
  }
}
