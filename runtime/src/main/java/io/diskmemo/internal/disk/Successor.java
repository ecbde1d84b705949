package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/** Makes a database that takes the place of the live one, under the write lock of that. */
final class Successor {
  private final KindFiles files;
  private final Database database;
  private final StoreLimits limits;

  Successor(KindFiles files, Database database, StoreLimits limits) {
    this.files = files;
    this.database = database;
    this.limits = limits;
  }

  /** Fills a new database, in a transaction there; the old one is under its write lock. */
  interface Filling<T> {
    T fill(Transaction old, Transaction fresh) throws SQLException;
  }

  /** Puts one that begins with empty tables in its place. */
  <T> T begin(Transaction old, Filling<T> filling) throws SQLException {
    try {
      long generation = files.nextGeneration(old.statements.generation());
      Platform.createFile(files.database(generation));
      return filled(generation, old, (from, fresh) -> {
        fresh.state.continueAfter(from.state);
        return filling.fill(from, fresh);
      });
    } catch (IOException e) {
      throw new DiskException("make a database", e);
    }
  }

  /** Puts one in its place whose file is made already, which nobody has open. */
  <T> T begin(Transaction old, Path prepared, Filling<T> filling) throws SQLException {
    try {
      long generation = files.nextGeneration(old.statements.generation());
      Platform.force(prepared);
      Path database = files.database(generation);
      new Retries(limits.timeout())
          .run(() -> Files.move(prepared, database, StandardCopyOption.ATOMIC_MOVE));
      return filled(generation, old, filling);
    } catch (IOException e) {
      throw new DiskException("move a database", e);
    }
  }

  private <T> T filled(long generation, Transaction old, Filling<T> filling) throws SQLException {
    try (Statements fresh = database.openWriter(generation)) {
      fresh.execute("PRAGMA synchronous = FULL"); // it must not be lost when the old one says so
      fresh.execute("BEGIN IMMEDIATE");
      Schema.complete(fresh.connection());
      Schema.createIndex(fresh, limits.cullOrder());
      Transaction transaction = new Transaction(fresh, limits);
      T filled = filling.fill(old, transaction);
      transaction.state.writeIfChanged(fresh);
      old.state.follow(transaction.state); // so that the counters say what the old one cannot
      fresh.execute("COMMIT");
      old.statements.update("UPDATE state SET superseded_by = ?", generation);
      return filled;
    }
  }
}
