package io.diskmemo.benchmarks.start;

import java.sql.SQLException;

/** One look into a database and one into a cache in memory: our libraries, without anything of ours. */
final class BothMain {
  private BothMain() {}

  /** Directory. */
  public static void main(String[] arguments) throws SQLException {
    SqliteMain.look(arguments[0]);
    CaffeineMain.look();
    System.out.println("hit");
  }
}
