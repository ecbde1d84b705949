package io.diskmemo.benchmarks.start;

import java.sql.Connection;
import java.sql.SQLException;

/** One look into a database and one into a cache in memory: our libraries, without anything of ours. */
final class BothMain {
  private BothMain() {}

  /** Directory. */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = SqliteMain.connected(arguments[0])) {
      SqliteMain.value(connection, SqliteMain.KEY);
      CaffeineMain.look("key", "key");
      System.out.println("hit");
    }
  }
}
