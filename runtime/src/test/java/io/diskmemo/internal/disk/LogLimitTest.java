package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log beside readers that leave no pause, in which SQLite alone would never begin it anew. */
class LogLimitTest {
  private static final int VALUE_BYTES = 20_000;
  private static final int STORES = 5_000;

  /** The limit, what comes between two looks, and a few looks in which it was not to be had. */
  private static final long MOST_BYTES = 40 << 20;

  @TempDir
  Path directory;

  @Test
  void logStaysSmallBesideReadersWithoutAPause() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (KindStore store = KindStores.open(directory, "default", 100 << 20, new TestClock());
        Threads threads = new Threads()) {
      put(store, 0);
      AtomicBoolean reading = new AtomicBoolean();
      Future<Long> reader = threads.begin(() -> readUntil(over, reading));
      Threads.until(() -> reading.get() || reader.isDone());
      for (int i = 0; i < STORES; i++) {
        put(store, i);
      }
      over.set(true);

      assertThat(Threads.result(reader)).as("reads").isGreaterThan(100);
      assertThat(Files.size(directory.resolve("kinds/default/cache-2-1.db-wal")))
          .isLessThan(MOST_BYTES);
    } finally {
      over.set(true);
    }
  }

  /** One connection begins to read before the other ends, so that there is always somebody who reads. */
  private long readUntil(AtomicBoolean over, AtomicBoolean reading) throws SQLException {
    long reads = 0;
    try (Connection one = Stores.database(directory);
        Connection two = Stores.database(directory);
        Statement first = one.createStatement();
        Statement second = two.createStatement()) {
      begin(first);
      reading.set(true);
      while (!over.get()) {
        begin(second);
        first.execute("COMMIT");
        begin(first);
        second.execute("COMMIT");
        reads += 2;
      }
    }
    return reads;
  }

  private static void begin(Statement statement) throws SQLException {
    statement.execute("BEGIN");
    statement.executeQuery("SELECT count(*) FROM entry").close();
  }

  private static void put(KindStore store, int content) {
    store.store(NewEntries.entry("k", content, VALUE_BYTES));
  }
}
