package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process of {@link FileConnectionsTest} that holds the lock of a commit until it is killed. */
final class CommittingProcess {
  private CommittingProcess() {}

  /** Argument: database. */
  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      System.out.println("committing");
      System.in.read();
    }
  }
}
