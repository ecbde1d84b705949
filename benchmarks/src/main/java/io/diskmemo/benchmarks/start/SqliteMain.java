package io.diskmemo.benchmarks.start;

import io.diskmemo.benchmarks.store.BareSqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A database with one value. */
final class SqliteMain {
  private SqliteMain() {}

  /** Directory. */
  public static void main(String[] arguments) throws SQLException {
    Path file = Path.of(arguments[0]).resolve("bare.db");
    byte[] key = BareSqlite.key("NZ", 1);
    boolean isThere = Files.exists(file);
    try (BareSqlite sqlite = new BareSqlite(file)) {
      if (!isThere) {
        sqlite.put(key, "country:NZ", key);
      }
      if (sqlite.get(key).length != key.length) {
        throw new IllegalStateException("not the value");
      }
      System.out.println("hit");
    }
  }
}
