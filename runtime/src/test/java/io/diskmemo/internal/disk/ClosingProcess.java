package io.diskmemo.internal.disk;

import io.diskmemo.testkit.KindStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process in which one thread closes connections to a database, and another takes locks on it and looks
 * whether it keeps them.
 */
public final class ClosingProcess {
  private static final int LOOKS = 10;

  private final Database database;
  private final Path file;
  private final Path trace;
  private final AtomicLong closes = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  private ClosingProcess(Database database, Path file, Path trace) {
    this.database = database;
    this.file = file;
    this.trace = trace;
  }

  /** Arguments: directory of the kind, journal mode, where {@code strace} lists the closes of its file. */
  public static void main(String[] arguments) throws Exception {
    KindFiles files = new KindFiles(Path.of(arguments[0]));
    Database database =
        new Database(files::database, KindStores.limits(1 << 20).withJournalMode(arguments[1]));
    new ClosingProcess(database, files.database(1), Path.of(arguments[2])).run();
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
        }
        closes.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes a lock while a close is under way, and looks for it when that has ended. */
  private boolean isLockKept(Statements writer) throws SQLException, IOException {
    while (!isClosing()) {
      Thread.onSpinWait();
    }
    long before = closes.get();
    writer.execute("BEGIN IMMEDIATE");
    while (closes.get() == before) {
      Thread.onSpinWait();
    }
    boolean kept = isLocked();
    writer.execute("ROLLBACK");
    return kept;
  }

  /** A call is listed when it begins; its line ends when it does. */
  private boolean isClosing() throws IOException {
    String calls = Files.readString(trace);
    return !calls.isEmpty() && !calls.endsWith("\n");
  }

  /** See proc_locks(5). */
  private boolean isLocked() throws IOException {
    String own = " " + ProcessHandle.current().pid() + " ";
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(line -> line.contains(own) && line.contains(inode));
  }
}
