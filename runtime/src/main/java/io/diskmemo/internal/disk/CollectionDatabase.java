package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database of one persistent collection: one connection that writes, a few that read. What is in
 * it is the affair of who opens it. Thread-safe.
 *
 * <p>Unlike that of a kind, the file is always the same one, and is never replaced: what it holds
 * cannot be computed again.
 */
public final class CollectionDatabase implements AutoCloseable {
  private static final int READERS = 4;
  private static final Object CREATION = new Object();

  private final String name;
  private final String entered;
  private final Path file;
  private final @Nullable Object fileKey;
  private final Database database;
  private final StoreLimits limits;
  private final WriteQueue queue;
  private final Readers readers;
  private Statements statements; // guarded by the turn, as is all below
  private boolean suspect;
  private boolean closed;

  /**
   * The tables that a database begins with.
   *
   * @param format their number, 1 or more
   * @param statements that make them
   */
  public record Tables(int format, List<String> statements) {}

  private CollectionDatabase(
      String name,
      String entered,
      Path file,
      @Nullable Object fileKey,
      Database database,
      StoreLimits limits,
      Statements statements) {
    this.name = name;
    this.entered = entered;
    this.file = file;
    this.fileKey = fileKey;
    this.database = database;
    this.limits = limits;
    this.queue = new WriteQueue(limits.timeout());
    this.readers = new Readers(database, () -> 0, limits.timeout(), READERS);
    this.statements = statements;
  }

  /**
   * Opens the database of a collection, and makes it if it is new.
   *
   * @param directory that holds it
   * @param name valid as the name of a kind
   * @param limits whose time-out, journal and synchronization it goes by
   * @param tables of a new one
   * @return the database
   * @throws DiskException if it cannot be opened, or a newer release made it, or another class loader
   *     has the directory open
   */
  public static CollectionDatabase open(
      StoreDirectory directory, String name, StoreLimits limits, Tables tables) {
    String entered = JvmRegistry.enter(directory);
    CollectionDatabase opened = null;
    try {
      opened = open(directory, name, entered, limits, tables);
      return opened;
    } finally {
      if (opened == null) {
        JvmRegistry.leave(entered);
      }
    }
  }

  private static CollectionDatabase open(
      StoreDirectory directory, String name, String entered, StoreLimits limits, Tables tables) {
    String operation = "open collection " + name;
    try {
      NativeLibrary.load(directory.nativeLibraries());
      Path file = create(directory, name);
      Database database = new Database(
          generation -> file,
          limits,
          new TablesCheck(tables.format(), tables.statements(), List.of())::requireOwn);
      return Busy.retry(
          limits.timeout(), () -> open(operation, name, entered, file, database, limits, tables));
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    }
  }

  /**
   * SQLite would let others read it. One thread at a time: closing what was just made would drop the
   * locks that another has on it already.
   */
  private static Path create(StoreDirectory directory, String name) throws IOException {
    synchronized (CREATION) {
      Path file = directory.createCollection(name).resolve("collection.db");
      if (!Files.exists(file)) {
        Platform.createFile(file);
      }
      return file;
    }
  }

  private static CollectionDatabase open(
      String operation,
      String name,
      String entered,
      Path file,
      Database database,
      StoreLimits limits,
      Tables tables)
      throws SQLException {
    Object fileKey = fileKey(operation, file);
    try (Statements plain = database.openPlain(0)) {
      requireKnown(operation, plain, tables); // before anything could change it
    }
    Statements statements = database.openCollection();
    try {
      complete(operation, statements, tables);
      return new CollectionDatabase(name, entered, file, fileKey, database, limits, statements);
    } catch (SQLException | RuntimeException | Error e) {
      statements.close(); // rolls back
      throw e;
    }
  }

  private static long requireKnown(String operation, Statements statements, Tables tables)
      throws SQLException {
    long format = statements.number("PRAGMA user_version").orElse(0);
    if (format > tables.format()) {
      throw new DiskException(
          operation,
          false,
          "the database has format " + format + ", and this release reads " + tables.format()
              + "; use the release that made it, or another name");
    }
    return format;
  }

  /** Under the write lock, so that two processes never do it at once; without it if all is there. */
  private static void complete(String operation, Statements statements, Tables tables)
      throws SQLException {
    if (requireKnown(operation, statements, tables) == tables.format()) {
      return;
    }
    statements.execute("BEGIN IMMEDIATE");
    if (requireKnown(operation, statements, tables) == 0) {
      for (String sql : tables.statements()) {
        statements.execute(sql);
      }
      statements.execute("PRAGMA user_version = " + tables.format());
    }
    statements.execute("COMMIT");
  }

  private static @Nullable Object fileKey(String operation, Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      throw lost(operation, file);
    } catch (IOException e) {
      throw new DiskException(operation, e);
    }
  }

  private static DiskException lost(String operation, Path file) {
    return new DiskException(
        operation,
        false,
        file + " was removed or replaced while it was open; close this DiskMemo and open it again");
  }

  /** What is written to a file that has no name any more is lost. */
  private void requireSameFile(String operation) {
    if (!Objects.equals(fileKey(operation, file), fileKey)) {
      throw lost(operation, file);
    }
  }

  /**
   * Which collection it is.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Reads, seeing one commit.
   *
   * @param operation what is tried
   * @param query one
   * @param <T> what is read
   * @return what was read
   * @throws DiskException if it cannot be read in time
   */
  public <T> T read(String operation, Sql.Use<T> query) {
    requireSameFile(operation);
    return readers.read(operation, query::apply);
  }

  /**
   * Makes a change in a transaction of its own, which is committed when this returns.
   *
   * @param operation what is tried
   * @param change to make
   * @param <T> what comes of it
   * @return what came of it
   * @throws DiskException if it cannot be made in time; then nothing is changed
   */
  public <T> T write(String operation, Sql.Use<T> change) {
    long deadline = queue.takeTurn(operation);
    try {
      return transact(operation, change, deadline);
    } finally {
      queue.endTurn();
    }
  }

  private <T> T transact(String operation, Sql.Use<T> change, long deadline) {
    try {
      if (closed) {
        throw new DiskException(operation, false, "the store is closed");
      }
      useSoundConnection();
      requireSameFile(operation);
      statements.waitAtMost(millisUntil(deadline));
      statements.execute("BEGIN IMMEDIATE");
      return committed(change, millisUntil(deadline));
    } catch (SQLException e) {
      DiskException failure = new DiskException(operation, e);
      suspect |= !failure.isTransient();
      throw failure;
    } catch (DiskException e) {
      suspect |= e.pointsToDamage();
      throw e;
    } catch (Error e) {
      suspect = true; // the stack may have ended anywhere, even inside the driver
      throw e;
    }
  }

  private int millisUntil(long deadline) {
    return (int) Math.min(queue.millisUntil(deadline), limits.timeoutMillis());
  }

  /** A connection that failed may go on failing, or hold a transaction that nobody can end. */
  private void useSoundConnection() throws SQLException {
    if (suspect) {
      Statements old = statements;
      statements = database.openCollection();
      old.close();
      suspect = false;
    }
  }

  /** Without a log, a commit waits for readers; what it took to write before was no wait. */
  private <T> T committed(Sql.Use<T> change, int longestWaitMillis) throws SQLException {
    try {
      T value = change.apply(statements);
      statements.waitAtMost(longestWaitMillis);
      statements.execute("COMMIT");
      return value;
    } catch (SQLException | RuntimeException | Error e) {
      suspect |= !statements.rollBack(e);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      readers.close();
    } finally {
      closeWriter();
    }
  }

  private void closeWriter() {
    queue.takeTurnWhenever();
    try {
      if (!closed) {
        closed = true;
        closeStatements();
      }
    } finally {
      queue.endTurn();
    }
  }

  private void closeStatements() {
    try {
      statements.close();
    } catch (SQLException e) {
      throw new DiskException("close collection " + name, e);
    } finally {
      JvmRegistry.leave(entered);
    }
  }
}
