package io.diskmemo.internal.disk;

import io.diskmemo.testkit.KindStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process in which one thread closes connections to a database, and another takes locks on it and looks
 * whether it keeps them.
 */
public final class ClosingProcess {
  private static final int LOOKS = 10;

  private final Database database;
  private final Path file;
  private final AtomicLong closes = new AtomicLong();
  private volatile boolean closing;
  private final AtomicBoolean over = new AtomicBoolean();

  private ClosingProcess(Database database, Path file) {
    this.database = database;
    this.file = file;
  }

  /** Arguments: directory of the kind, journal mode. */
  public static void main(String[] arguments) throws Exception {
    KindFiles files = new KindFiles(Path.of(arguments[0]));
    Database database =
        new Database(files::database, KindStores.limits(1 << 20).withJournalMode(arguments[1]));
    new ClosingProcess(database, files.database(1)).run();
  }

  private void run() throws Exception {
    try (Statements writer = database.openWriter(1)) {
      Thread closer = new Thread(this::close);
      closer.start();
      try {
        for (int i = 0; i < LOOKS; i++) {
          System.out.println(isLockKept(writer) ? "kept" : "lost");
        }
      } finally {
        over.set(true);
        closer.join();
      }
    }
  }

  private void close() {
    try {
      while (!over.get()) {
        try (Statements reader = database.openReader(1)) {
          reader.number("SELECT count(*) FROM entry");
          closing = true;
        }
        closing = false;
        closes.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes a lock while a close is under way, and looks for it when that has ended. */
  private boolean isLockKept(Statements writer) throws SQLException {
    while (!closing) {
      Thread.onSpinWait();
    }
    long before = closes.get();
    LockSupport.parkNanos(5_000_000); // the close takes longer
    writer.execute("BEGIN IMMEDIATE");
    while (closes.get() == before) {
      LockSupport.parkNanos(100_000);
    }
    boolean kept = isLocked();
    writer.execute("ROLLBACK");
    return kept;
  }

  /** See proc_locks(5). */
  private boolean isLocked() {
    try {
      String own = " " + ProcessHandle.current().pid() + " ";
      String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
      return Files.readAllLines(Path.of("/proc/locks")).stream()
          .anyMatch(line -> line.contains(own) && line.contains(inode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
